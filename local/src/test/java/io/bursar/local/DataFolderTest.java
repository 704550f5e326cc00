package io.bursar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void a_missing_and_an_empty_folder_become_data_folders() throws IOException {
        var empty = Files.createDirectory(temporary.resolve("empty"));
        var missing = temporary.resolve("some/where");

        assertThat(DataFolder.openOrCreate(empty).logs()).isDirectory();
        assertThat(DataFolder.openOrCreate(missing).logs()).isDirectory();
        assertThat(DataFolder.open(missing).path()).isEqualTo(missing);
    }

    @Test
    void a_file_in_place_of_the_folder_is_refused() throws IOException {
        var file = Files.writeString(temporary.resolve("file"), "x");

        assertThatThrownBy(() -> DataFolder.openOrCreate(file))
                .isInstanceOf(StackException.class)
                .hasMessage(file + " is a file, not a folder; choose another data folder with --data.");
    }

    @Test
    void a_folder_of_something_else_is_refused_and_left_as_it_is() throws IOException {
        var photo = Files.writeString(temporary.resolve("holiday.jpg"), "x");

        assertThatThrownBy(() -> DataFolder.openOrCreate(temporary))
                .isInstanceOf(StackException.class)
                .hasMessage("The folder " + temporary + " holds something other than Bursar's data"
                        + " (it has no file bursar-data); choose another data folder with --data.");
        assertThatThrownBy(() -> new StackClient(temporary).wipe()).isInstanceOf(StackException.class);
        assertThat(temporary).isDirectoryContaining(photo::equals);
    }

    @Test
    void a_folder_of_another_format_is_refused() throws IOException {
        DataFolder.openOrCreate(temporary);
        Files.writeString(temporary.resolve("bursar-data"), "bursar data format 7\n");

        assertThatThrownBy(() -> DataFolder.openOrCreate(temporary))
                .hasMessage(
                        "The data folder " + temporary + " has format 7, but this version of Bursar reads format 1.");
    }

    @Test
    void a_folder_with_a_torn_marker_is_refused() throws IOException {
        DataFolder.openOrCreate(temporary);
        Files.writeString(temporary.resolve("bursar-data"), "bur");

        assertThatThrownBy(() -> DataFolder.openOrCreate(temporary))
                .hasMessage("The data folder " + temporary
                        + " is damaged: its file bursar-data does not say \"bursar data format 1\".");
    }

    @Test
    void a_broker_folder_without_its_identity_is_refused() throws IOException {
        var options = StackOptions.onFreePorts(temporary);
        var broker = DataFolder.openOrCreate(temporary).folderOf(ComponentName.BROKER);
        Files.createDirectory(broker.resolve("bursar.orders-0"));

        assertThatThrownBy(() -> Stack.up(options))
                .isInstanceOf(StackException.class)
                .hasMessage("The data folder is damaged: " + broker + " has topics but no file meta.properties;"
                        + " restore it, or start anew after `bursar down --wipe`.");
    }

    @Test
    void a_broker_folder_with_a_torn_identity_is_refused() throws IOException {
        var broker = DataFolder.openOrCreate(temporary).folderOf(ComponentName.BROKER);
        var identity = Files.writeString(broker.resolve("meta.properties"), "version=1\ncluster");

        assertThatThrownBy(() -> Stack.up(StackOptions.onFreePorts(temporary)))
                .hasMessage("The data folder is damaged: " + identity + " does not name node 1 and its cluster;"
                        + " restore it, or start anew after `bursar down --wipe`.");
    }

    @Test
    void a_registry_file_that_is_no_database_is_refused() throws IOException {
        var registry = DataFolder.openOrCreate(temporary).folderOf(ComponentName.REGISTRY);
        var file = Files.write(registry.resolve("schemas.mv.db"), new byte[10_000]);

        assertThatThrownBy(() -> Stack.up(StackOptions.onFreePorts(temporary)))
                .hasMessage("The data folder is damaged: " + file
                        + " is no H2 database; restore it, or start anew after `bursar down --wipe`.");
    }

    @Test
    void deleting_does_not_follow_links_out_of_the_folder() throws IOException {
        var outside = Files.writeString(temporary.resolve("outside"), "keep");
        var folder = DataFolder.openOrCreate(temporary.resolve("data"));
        Files.createSymbolicLink(folder.logs().resolve("link"), outside);
        Files.createSymbolicLink(folder.path().resolve("up"), temporary);

        assertThat(new StackClient(folder.path()).wipe()).isTrue();

        assertThat(folder.path()).doesNotExist();
        assertThat(outside).hasContent("keep");
    }
}
