/**
 * Why items interest a user: which parts of the interest, which things done in the past, and what it would be without them. Reads what is
 * kept of the user with the plugin's rights, and shows items' titles with the caller's; knows nothing of searches.
 */
package org.opensearch.interest.because;
