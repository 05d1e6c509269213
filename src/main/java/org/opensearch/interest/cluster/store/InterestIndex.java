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

/** Names and creates the plugin's indices. All names begin with a prefix that no user's index has. */
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
     * A tracker's name may end in text that looks like a period, but the real period follows it, so no two trackers
     * share an index.
     */
    private static final Pattern HISTORY_OF = Pattern.compile(Pattern.quote(HISTORY) + "(.+)-(\\d{4}(?:-\\d{2})?)");
    private static final Pattern ENGAGEMENT_OF = Pattern.compile(Pattern.quote(ENGAGEMENT) + "(.+)-(\\d{1,18})");
    /**
     * Maximum number of shards of a profile index. Profiles are written on the primary's node, so more shards let more
     * nodes write; beyond this number, searches of one index get no faster.
     */
    private static final int MOST_SHARDS = 16;

    /** Mapping of indices that are only read by id: nothing is indexed. */
    private static final String MAPPING = "{\"dynamic\":false,\"properties\":{}}";
    /**
     * Mapping of profiles: the field type stores a profile's bytes once, and the source is derived from them on
     * request.
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

    /** The alias of a tracker's engagement snapshot in use; no index of a generation can have this name. */
    public static String engagement(String tracker) {
        return ENGAGEMENT + tracker + CURRENT;
    }

    /** The index of one generation of the engagement snapshot. */
    public static String engagement(String tracker, long generation) {
        return ENGAGEMENT + tracker + "-" + generation;
    }

    /**
     * An index with one generation of an engagement snapshot.
     *
     * @param created in milliseconds since 1970
     * @param inUse   whether the alias refers to it
     */
    public record EngagementIndex(String name, String tracker, long generation, long created, boolean inUse) {}

    /**
     * Returns all generations of a tracker: the one in use, any that is being written, and any left by an interrupted
     * build.
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

    /** An index of events: its name, tracker and period. */
    public record HistoryIndex(String name, String tracker, String period) {}

    /** Returns all indices of events, of all trackers. */
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
     * Returns a listener that treats a missing index as an empty one.
     *
     * @param none the answer of an empty index
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

    /** Creates an index unless it exists. */
    public void ensure(String index, ActionListener<Void> listener) {
        ensure(index, index.startsWith(PROFILES) ? PROFILE_MAPPING : MAPPING, listener);
    }

    /** Creates an index that is searched, with the given mapping, unless it exists. */
    public void ensure(String index, String mapping, ActionListener<Void> listener) {
        if (exists(index)) {
            listener.onResponse(null);
            return;
        }
        create(index, mapping, ActionListener.map(listener, created -> null));
    }

    /** Creates an index; returns false if another call created it before. */
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
        // every search reads a tracker, and trackers are few: a copy on every node. Profiles are many, and a search
        // reads one
        boolean trackers = index.equals(TRACKERS);
        // one shard suffices: these indices have one document per tracker, read once per node and version, or are split
        // by period already
        boolean oneShard = trackers || index.equals(GEOMETRIES) || index.equals(EVALUATIONS)
            || index.startsWith(HISTORY) || index.startsWith(ENGAGEMENT);
        int dataNodes = clusterService.state().nodes().getDataNodes().size();
        Settings.Builder settings = Settings.builder();
        if (index.startsWith(PROFILES)) {
            // profiles are written all the time and never searched; documents newer than the last flush are read as
            // they were sent
            settings.put(IndexSettings.INDEX_REFRESH_INTERVAL_SETTING.getKey(), TimeValue.MINUS_ONE)
                // no compound files: packing a segment's few files into one would write every profile a second time
                .put(EngineConfig.INDEX_USE_COMPOUND_FILE.getKey(), false)
                .put(IndexSettings.INDEX_DERIVED_SOURCE_SETTING.getKey(), true)
                .put(IndexSettings.INDEX_DERIVED_SOURCE_TRANSLOG_ENABLED_SETTING.getKey(), false);
        }
        return settings.put(IndexMetadata.SETTING_INDEX_HIDDEN, true)
            .put(IndexMetadata.SETTING_NUMBER_OF_SHARDS, oneShard ? 1 : Math.clamp(dataNodes, 1, MOST_SHARDS))
            .put(IndexMetadata.SETTING_AUTO_EXPAND_REPLICAS, trackers ? "0-all" : "0-1")
            .build();
    }
}
