/**
 * Writes profiles: sends changes to the node with the primary shard, applies them there, and keeps the history in step.
 * Uses history and stores; knows no REST.
 */
package org.opensearch.interest.cluster.profiles;
