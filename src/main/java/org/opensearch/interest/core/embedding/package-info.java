/**
 * Text to vector, whatever produces it: what a model is, what may be embedded, pooling, and the order in which texts
 * take their turn. Knows the JDK and {@code vector} alone; nothing of ONNX, of tokenizers or of OpenSearch.
 */
package org.opensearch.interest.core.embedding;
