/**
 * The main job as a show: a shop, six people, and what the same words bring each of them. Talks to the node over HTTP
 * only, as any client would.
 */
package org.opensearch.interest.demo;
