package org.opensearch.interest.api.tracker;

import org.opensearch.action.ActionType;

public final class CalibrateAction extends ActionType<CalibrateResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/tracker/calibrate";
    public static final CalibrateAction INSTANCE = new CalibrateAction();

    private CalibrateAction() {
        super(NAME, CalibrateResponse::new);
    }
}
