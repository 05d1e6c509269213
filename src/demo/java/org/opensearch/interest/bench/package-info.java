/** Measures the plugin in a real node, side by side with what it is compared to. */
package org.opensearch.interest.bench;
