/**
 * Demonstration of personalized search: a shop, six people, and the results of the same query for each of them. Uses
 * the node over HTTP only, as any client does.
 */
package org.opensearch.interest.demo;
