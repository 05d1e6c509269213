/**
 * Starts the real distribution with plugins installed, on loopback, in its own folder, and sends HTTP requests to it.
 * Independent of the plugin's functions.
 */
package org.opensearch.interest.node;
