/**
 * The recommend feature: items for somebody who searches for nothing. Asks the items' index in the name of the caller;
 * knows how interests are resolved and hits put in order from the floors below.
 */
package org.opensearch.interest.api.recommend;
