/**
 * Runs models: ONNX Runtime and the HuggingFace tokenizer behind {@code embedding}'s ports, loaded from the plugin's
 * own folder. The only place that imports either; knows nothing of requests, indices or who asks.
 */
package org.opensearch.interest.engine.onnx;
