using System.Diagnostics;
using Framelane.Application.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Storage;

public sealed class FolderStorageTests : ObjectStorageContract
{
    protected override IObjectStorage Storage => Folder.NewStorage();

    [Test]
    public async Task Only_its_user_may_read_what_is_there()
    {
        await PutAsync(Key, 1);
        Assert.Multiple(() =>
        {
            Assert.That(UnixModes.Of(Path.Combine(Folder.Files, Key)), Is.EqualTo(UnixModes.OwnersFile));
            Assert.That(UnixModes.Of(Path.Combine(Folder.Files, Key + "~type")), Is.EqualTo(UnixModes.OwnersFile));
            Assert.That(UnixModes.Of(Folder.Files), Is.EqualTo(UnixModes.OwnersFolder));
            Assert.That(UnixModes.Of(Path.Combine(Folder.Files, "ws_01")), Is.EqualTo(UnixModes.OwnersFolder));
        });
    }

    [Test]
    public async Task A_file_is_there_once_it_is_whole_and_its_bytes_are_written_as_they_come()
    {
        var pipe = Folder.NewFile([]);
        File.Delete(pipe);
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync();

        var put = Task.Run(() => Storage.PutAsync(Key, pipe, "video/mp4", CancellationToken.None));
        await using (var writer = new FileStream(pipe, FileMode.Open, FileAccess.Write))
        {
            await writer.WriteAsync(new byte[400_000]);
            await writer.FlushAsync();
            await Eventually.HoldsAsync(() => DraftBytes() == 400_000);
            Assert.That(await Storage.FindAsync(Key, CancellationToken.None), Is.Null);
        }

        await put.InTimeAsync();
        Assert.That((await Storage.FindAsync(Key, CancellationToken.None))?.Size, Is.EqualTo(400_000));
        Assert.That(Folder.Everything(), Is.EquivalentTo(new[] { Key, Key + "~type" }), "no draft is left behind");
    }

    [Test]
    public async Task What_is_deleted_leaves_no_file_behind()
    {
        await PutAsync(Key, 1);
        await Storage.DeleteAsync(Key, CancellationToken.None);
        Assert.That(Folder.Everything(), Is.Empty);
    }

    [Test]
    public async Task What_a_dead_process_had_written_of_a_file_goes_after_a_day_and_not_before()
    {
        await PutAsync(Key, 1);
        var drafts = Path.Combine(Folder.Files, "~drafts");
        var (old, recent) = (Path.Combine(drafts, "old"), Path.Combine(drafts, "recent"));
        await File.WriteAllTextAsync(old, "");
        await File.WriteAllTextAsync(recent, "");
        var now = new FakeTimeProvider(DateTimeOffset.UtcNow);
        File.SetLastWriteTimeUtc(old, now.GetUtcNow().UtcDateTime.AddHours(-25));
        File.SetLastWriteTimeUtc(recent, now.GetUtcNow().UtcDateTime.AddHours(-23));

        await Folder.NewStorage(now).PutAsync(Key, Folder.NewFile([1]), "video/mp4", CancellationToken.None);
        Assert.That((File.Exists(old), File.Exists(recent)), Is.EqualTo((false, true)));
    }

    long DraftBytes() => Directory.Exists(Path.Combine(Folder.Files, "~drafts"))
        ? new DirectoryInfo(Path.Combine(Folder.Files, "~drafts")).EnumerateFiles().Sum(file => file.Length)
        : 0;
}
