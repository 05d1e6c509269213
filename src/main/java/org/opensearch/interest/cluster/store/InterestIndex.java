package org.opensearch.interest.cluster.store;

import org.opensearch.ExceptionsHelper;
import org.opensearch.ResourceAlreadyExistsException;
import org.opensearch.action.admin.indices.create.CreateIndexAction;
import org.opensearch.action.admin.indices.create.CreateIndexRequest;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.index.IndexSettings;
import org.opensearch.index.engine.EngineConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plugin's indices: their names, and how they come to be. All begin with a prefix that no user's index has. */
public final class InterestIndex {
    public static final String PREFIX = ".plugins-interest-";
    public static final String TRACKERS = PREFIX + "trackers";
    public static final String GEOMETRIES = PREFIX + "geometries";
    static final String EVALUATIONS = PREFIX + "evaluations";
    private static final String PROFILES = PREFIX + "profiles-";
    private static final String HISTORY = PREFIX + "history-";
    private static final String ENGAGEMENT = PREFIX + "engagement-";
    private static final String CURRENT = "-current";
    /**
     * A tracker's name may hold what looks like a period, but then another one follows it: no two trackers share an
     * index.
     */
    private static final Pattern HISTORY_OF = Pattern.compile(Pattern.quote(HISTORY) + "(.+)-(\\d{4}(?:-\\d{2})?)");
    private static final Pattern ENGAGEMENT_OF = Pattern.compile(Pattern.quote(ENGAGEMENT) + "(.+)-(\\d{1,18})");
    /**
     * One writer per user sits on the primary: more shards let more nodes write. Beyond this, searches for one index
     * get no faster.
     */
    private static final int MOST_SHARDS = 16;

    /** For what is not searched: documents are read by id, and so nothing is indexed. */
    private static final String MAPPING = "{\"dynamic\":false,\"properties\":{}}";
    /**
     * A profile's bytes are kept once, as the field type keeps them; the source is made of them when it is asked for.
     */
    private static final String PROFILE_MAPPING = "{\"dynamic\":false,\"properties\":{\"" + ProfileDocument.FIELD
        + "\":{\"type\":\"interest_profile\"}}}";

    private final SystemClient client;
    private final ClusterService clusterService;

    public InterestIndex(SystemClient client, ClusterService clusterService) {
        this.client = client;
        this.clusterService = clusterService;
    }

    public static String profiles(String tracker) {
        return PROFILES + tracker;
    }

    /** The index of a tracker's events of one period. */
    public static String history(String tracker, String period) {
        return HISTORY + tracker + "-" + period;
    }

    /** The alias of what all users of a tracker together took up; no index of a generation can be called so. */
    public static String engagement(String tracker) {
        return ENGAGEMENT + tracker + CURRENT;
    }

    /** The index of one generation of that. */
    public static String engagement(String tracker, long generation) {
        return ENGAGEMENT + tracker + "-" + generation;
    }

    /**
     * An index of what all users together took up.
     *
     * @param created in milliseconds since 1970
     * @param inUse   whether the alias says so
     */
    public record EngagementIndex(String name, String tracker, long generation, long created, boolean inUse) {}

    /**
     * All generations of a tracker: the one in use, one that is being written, and what may be left of one that was
     * broken off.
     */
    public List<EngagementIndex> engagements(String tracker) {
        String alias = engagement(tracker);
        List<EngagementIndex> all = new ArrayList<>();
        for (IndexMetadata index : clusterService.state().metadata().indices().values()) {
            Matcher name = ENGAGEMENT_OF.matcher(index.getIndex().getName());
            if (name.matches() && name.group(1).equals(tracker)) {
                long generation = Long.parseLong(name.group(2));
                all.add(
                    new EngagementIndex(
                        name.group(), tracker, generation, index.getCreationDate(),
                        index.getAliases().containsKey(alias)
                    )
                );
            }
        }
        return all;
    }

    public boolean hasAlias(String alias) {
        return clusterService.state().metadata().hasAlias(alias);
    }

    /** An index of events: whose, and of which period. */
    public record HistoryIndex(String name, String tracker, String period) {}

    /** All indices of events, of all trackers. */
    public List<HistoryIndex> histories() {
        return clusterService.state()
            .metadata()
            .indices()
            .keySet()
            .stream()
            .map(HISTORY_OF::matcher)
            .filter(Matcher::matches)
            .map(index -> new HistoryIndex(index.group(), index.group(1), index.group(2)))
            .toList();
    }

    public List<HistoryIndex> histories(String tracker) {
        return histories().stream().filter(index -> index.tracker().equals(tracker)).toList();
    }

    public boolean exists(String index) {
        return clusterService.state().metadata().hasIndex(index);
    }

    /**
     * Takes an index that is not there, or not any more, for an empty one.
     *
     * @param none the answer of an empty one
     */
    public static <T> ActionListener<T> orEmpty(T none, ActionListener<T> listener) {
        return ActionListener.wrap(listener::onResponse, e -> {
            if (ExceptionsHelper.unwrapCause(e) instanceof IndexNotFoundException) {
                listener.onResponse(none);
            } else {
                listener.onFailure(e);
            }
        });
    }

    /** Answers when the index is there, whoever made it. */
    public void ensure(String index, ActionListener<Void> listener) {
        ensure(index, index.startsWith(PROFILES) ? PROFILE_MAPPING : MAPPING, listener);
    }

    /** The same of an index that is searched, by its mapping. */
    public void ensure(String index, String mapping, ActionListener<Void> listener) {
        if (exists(index)) {
            listener.onResponse(null);
            return;
        }
        create(index, mapping, ActionListener.map(listener, created -> null));
    }

    /** Answers whether it was this call that made the index, and not another one before. */
    public void create(String index, ActionListener<Boolean> listener) {
        create(index, MAPPING, listener);
    }

    private void create(String index, String mapping, ActionListener<Boolean> listener) {
        CreateIndexRequest create = new CreateIndexRequest(index, settings(index))
            .mapping(mapping, MediaTypeRegistry.JSON);
        client.execute(
            CreateIndexAction.INSTANCE, create, ActionListener.wrap(created -> listener.onResponse(true), e -> {
                if (ExceptionsHelper.unwrapCause(e) instanceof ResourceAlreadyExistsException) {
                    listener.onResponse(false);
                } else {
                    listener.onFailure(e);
                }
            })
        );
    }

    private Settings settings(String index) {
        // few trackers are read by every search: a copy on every node; profiles are many, and are read one at a time
        boolean trackers = index.equals(TRACKERS);
        // a document a tracker, read once a node and version; and events, which have an index a period already
        boolean one = trackers || index.equals(GEOMETRIES) || index.equals(EVALUATIONS) || index.startsWith(HISTORY)
            || index.startsWith(ENGAGEMENT);
        int dataNodes = clusterService.state().nodes().getDataNodes().size();
        Settings.Builder settings = Settings.builder();
        if (index.startsWith(PROFILES)) {
            // profiles are written all the time and never searched for; what is newer than the last flush is read as it
            // was sent
            settings.put(IndexSettings.INDEX_REFRESH_INTERVAL_SETTING.getKey(), TimeValue.MINUS_ONE)
                // a segment's few files as they are: packing them into one writes every profile a second time
                .put(EngineConfig.INDEX_USE_COMPOUND_FILE.getKey(), false)
                .put(IndexSettings.INDEX_DERIVED_SOURCE_SETTING.getKey(), true)
                .put(IndexSettings.INDEX_DERIVED_SOURCE_TRANSLOG_ENABLED_SETTING.getKey(), false);
        }
        return settings.put(IndexMetadata.SETTING_INDEX_HIDDEN, true)
            .put(IndexMetadata.SETTING_NUMBER_OF_SHARDS, one ? 1 : Math.clamp(dataNodes, 1, MOST_SHARDS))
            .put(IndexMetadata.SETTING_AUTO_EXPAND_REPLICAS, trackers ? "0-all" : "0-1")
            .build();
    }
}
