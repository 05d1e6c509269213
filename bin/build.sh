# Functions that the commands of this folder share: find a JDK, build the plugin, fetch the distribution.
# To be sourced from the repository's root, not run.

command_name="bin/$(basename "$0")"

# Prints a property of pom.xml, which defines all versions.
pom_property() {
    sed -n "s:^ *<$1>\(.*\)</$1>\$:\1:p" pom.xml
}

# Prints the major version of the JDK in the folder $1; fails if there is none. A JRE without a compiler does not count.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    "$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p'
}

find_jdk() {
    local on_path folder version
    on_path="$(readlink -f "$(command -v java 2>/dev/null || true)" 2>/dev/null || true)"
    for folder in "${JAVA_HOME:-}" "${on_path%/bin/java}" /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        version="$(jdk_version "$folder" || true)"
        if [ "${version:-0}" -ge 21 ]; then
            echo "$folder"
            return
        fi
    done
    cat >&2 <<TEXT
$command_name: no JDK of version 21 or newer found. Looked at JAVA_HOME, java on the PATH, /usr/lib/jvm, /opt, ~/.sdkman
and ~/.jdks. Install one, for example \`apt-get install openjdk-21-jdk\`, or point JAVA_HOME at it.
TEXT
    return 1
}

# Runs Maven on the same JDK, so that it can compile, and without the warnings about Maven that new JDKs print.
maven() {
    command -v mvn >/dev/null || {
        echo "$command_name: building needs Maven (mvn), which is not on the PATH" >&2
        return 1
    }
    local quiet=""
    [ "$(jdk_version "$jdk")" -lt 24 ] || quiet="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
    JAVA_HOME="$jdk" MAVEN_OPTS="${MAVEN_OPTS:-} $quiet" mvn -B -q -Dstyle.color=never "$@"
}

plugin_zip() {
    ls target/opensearch-interest-*.zip 2>/dev/null | head -n 1
}

# Succeeds if any source of the plugin or of the commands is newer than the build.
is_stale() {
    local zip
    zip="$(plugin_zip)"
    [ -z "$zip" ] || [ ! -f target/test.classpath ] \
        || [ -n "$(find pom.xml plugin-descriptor.properties models src/main src/evaluate src/demo src/assembly -newer "$zip" -type f -print -quit)" ]
}

build_if_stale() {
    if is_stale; then
        echo "Building the plugin with $jdk …" >&2
        maven -DskipTests -DskipITs package
    fi
}

# Fetches the artifact $1 (group:name:version:zip) to target/distributions, unless the file $2 is there.
fetch() {
    if [ ! -f "target/distributions/$2" ]; then
        echo "Fetching $2 …" >&2
        maven dependency:copy -Dartifact="$1" -DoutputDirectory=target/distributions
    fi
}

fetch_opensearch() {
    fetch "org.opensearch.distribution.integ-test-zip:opensearch:$OPENSEARCH:zip" "opensearch-$OPENSEARCH.zip"
}

class_path() {
    echo "target/classes:target/test-classes:$(cat target/test.classpath)"
}

jdk="$(find_jdk)"
OPENSEARCH="$(pom_property opensearch.version)"
KNN="$(pom_property knn.version)"
