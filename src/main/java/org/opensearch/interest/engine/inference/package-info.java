/**
 * The models that a node holds and how the rest of the node asks them: the folders read, each model loaded in the
 * background and closed once, answers brought back into the asker's thread context. Knows nothing of REST, pipelines,
 * trackers or users.
 */
package org.opensearch.interest.engine.inference;
