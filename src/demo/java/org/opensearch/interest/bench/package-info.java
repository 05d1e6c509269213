/** Benchmarks of the plugin in a real node, side by side with alternatives. */
package org.opensearch.interest.bench;
