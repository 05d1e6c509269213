/** Reading what is believed about a user. Knows requests and answers; what is believed, it does not decide. */
package org.opensearch.interest.user;
