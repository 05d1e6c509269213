package org.opensearch.interest.core.tracking;

/** A change that a profile's history does not allow. The message is meant for the caller. */
public final class ChangeRefusedException extends RuntimeException {
    private final Reason reason;

    /** Why a change is refused. */
    public enum Reason {
        /** The user has no such event in the history. */
        NO_SUCH_EVENT,
        /** The event's share of the profile is not known any more. */
        SHARE_UNKNOWN
    }

    ChangeRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
