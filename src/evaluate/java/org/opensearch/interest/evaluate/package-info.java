/** The command line `bin/evaluate` and the readers of public data sets. Never part of the plugin zip. */
package org.opensearch.interest.evaluate;
