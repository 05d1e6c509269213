/**
 * The one writer of profiles: routes changes to the primary shard's node, applies them, and keeps the history in step.
 * Knows history and stores; no REST.
 */
package org.opensearch.interest.cluster.profiles;
