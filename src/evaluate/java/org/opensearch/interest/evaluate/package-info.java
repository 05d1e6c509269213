/** Command line `bin/evaluate` and readers of public data sets. Never part of the plugin zip. */
package org.opensearch.interest.evaluate;
