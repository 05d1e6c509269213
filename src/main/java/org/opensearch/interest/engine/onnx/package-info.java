/**
 * Runs models with ONNX Runtime and the HuggingFace tokenizer, which only this package imports. Implements the
 * interfaces of {@code core.embedding} and is independent of requests, indices and users.
 */
package org.opensearch.interest.engine.onnx;
