/**
 * User feature: read, declare interests, opt out, export, merge and delete a user's profile. Handles requests and
 * responses; other packages compute and store profiles.
 */
package org.opensearch.interest.api.user;
