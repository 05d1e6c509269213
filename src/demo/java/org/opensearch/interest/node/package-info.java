/**
 * Starts the real distribution with plugins installed, on loopback, in a folder of its own, and speaks HTTP to it.
 * Knows nothing of what the plugin does.
 */
package org.opensearch.interest.node;
