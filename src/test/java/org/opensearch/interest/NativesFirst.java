package org.opensearch.interest;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.opensearch.bootstrap.BootstrapInfo;

/**
 * Lets OpenSearch be the first to ask for JNA, in every test JVM, before an engine looks for tests. Where JNA is hidden
 * (as root) the first who asks gets an error that OpenSearch handles, and the second one that it does not; a tokenizer
 * test that runs before the first node would be that first.
 */
public final class NativesFirst implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        BootstrapInfo.isMemoryLocked();
    }
}
