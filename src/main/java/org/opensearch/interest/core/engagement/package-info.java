/**
 * What all users together take up: which items go together, and which are taken up often, both fading; and what that
 * says to one user. Knows neither who the users are nor what items are about.
 */
package org.opensearch.interest.core.engagement;
