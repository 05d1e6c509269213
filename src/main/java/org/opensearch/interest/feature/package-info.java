/** What the features above have in common: what each adds to a node, and what several are asked for alike; knows none of them. */
package org.opensearch.interest.feature;
