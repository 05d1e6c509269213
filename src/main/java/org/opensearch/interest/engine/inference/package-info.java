/**
 * Models of a node and access to them. Reads the model folders, loads each model in the background, closes it once, and
 * returns answers in the caller's thread context. Independent of REST, pipelines, trackers and users.
 */
package org.opensearch.interest.engine.inference;
