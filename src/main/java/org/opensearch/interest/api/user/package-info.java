/**
 * A person's profile and their rights over it: read, declare, opt out, export, merge, forget. Knows requests and
 * answers; what is believed and how it is kept, it does not decide.
 */
package org.opensearch.interest.api.user;
