using System.Security.Cryptography;
using Framelane.Application.Abstractions;

namespace Framelane.Infrastructure.Tests.Storage;

/// <summary>What holds of every storage of drafts.</summary>
public abstract class DraftStorageContract
{
    /// <summary>More than two parts of a multipart upload.</summary>
    const int Large = (20 << 20) + 12_345;

    protected static readonly DraftTarget Target = new("ws_01/ast_01.mp4", "video/mp4");

    long fence;

    private protected StorageFolder Folder { get; private set; } = null!;

    protected abstract IDraftStorage Drafts { get; }

    protected abstract IObjectStorage Storage { get; }

    [SetUp]
    public void MakeFolder() => Folder = new();

    [TearDown]
    public void DropFolder() => Folder.Dispose();

    [TestCase(1)]
    [TestCase(8 << 20)]
    [TestCase(16 << 20)]
    [TestCase(Large)]
    public async Task What_one_writer_writes_is_found_whole_under_its_key_once_it_is_complete(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var saved = await AppendAsync(SavedDraft.Nothing, content);
        Assert.That(saved.Length, Is.EqualTo(size));
        Assert.That(await Storage.FindAsync(Target.Key, CancellationToken.None), Is.Null);

        await Drafts.CompleteAsync(Target, saved, CancellationToken.None);
        var found = (await Storage.FindAsync(Target.Key, CancellationToken.None))!;
        Assert.That((found.Size, found.ContentType), Is.EqualTo((size, "video/mp4")));
        Assert.That(SHA256.HashData(await ReadAsync()), Is.EqualTo(SHA256.HashData(content)));
    }

    [Test]
    public async Task Writers_follow_each_other_with_pieces_of_any_size()
    {
        var content = RandomNumberGenerator.GetBytes(Large);
        var saved = SavedDraft.Nothing;
        foreach (var end in new[] { 1, 1000, 1000, 5_000_000, 8 << 20, (8 << 20) + 1, 16_000_000, Large })
            saved = await AppendAsync(saved, content[(int)saved.Length..end]);
        await Drafts.CompleteAsync(Target, saved, CancellationToken.None);
        Assert.That(SHA256.HashData(await ReadAsync()), Is.EqualTo(SHA256.HashData(content)));
    }

    [Test]
    public async Task What_was_not_saved_is_dropped_and_the_next_writer_goes_on_behind_what_was()
    {
        var saved = await AppendAsync(SavedDraft.Nothing, [1, 2, 3]);
        await using (var dies = (await Drafts.OpenAsync(Target, saved, ++fence, CancellationToken.None))!)
            await dies.WriteAsync(new byte[] { 9, 9, 9, 9 }, CancellationToken.None);

        saved = await AppendAsync(saved, [4]);
        await Drafts.CompleteAsync(Target, saved, CancellationToken.None);
        Assert.That(await ReadAsync(), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
    }

    [TestCase(3)]
    [TestCase(Large)]
    public async Task A_draft_can_begin_anew(int size)
    {
        var first = await AppendAsync(SavedDraft.Nothing, RandomNumberGenerator.GetBytes(size));
        var saved = await AppendAsync(first with { Length = 0 }, [4, 5]);
        Assert.That(saved.Length, Is.EqualTo(2));
        await Drafts.CompleteAsync(Target, saved, CancellationToken.None);
        Assert.That(await ReadAsync(), Is.EqualTo(new byte[] { 4, 5 }));
    }

    [TestCase(3)]
    [TestCase(Large)]
    public async Task A_draft_can_begin_anew_whose_file_was_in_place_already(int size)
    {
        var first = await AppendAsync(SavedDraft.Nothing, RandomNumberGenerator.GetBytes(size));
        await Drafts.CompleteAsync(Target, first, CancellationToken.None);
        var content = RandomNumberGenerator.GetBytes(size);
        var saved = await AppendAsync(first with { Length = 0 }, content);
        await Drafts.CompleteAsync(Target, saved, CancellationToken.None);
        Assert.That(SHA256.HashData(await ReadAsync()), Is.EqualTo(SHA256.HashData(content)));
    }

    [Test]
    public async Task All_drafts_of_a_folder_can_be_dropped()
    {
        var saved = await AppendAsync(SavedDraft.Nothing, [1, 2]);
        await Drafts.AbortFolderAsync("ws_0", CancellationToken.None);
        saved = await AppendAsync(saved, [3]);
        await Drafts.AbortFolderAsync("ws_01", CancellationToken.None);
        Assert.That(async () => await AppendAsync(saved, [4]), Throws.Exception);
    }

    [TestCase(3)]
    [TestCase(Large)]
    public async Task To_complete_it_again_changes_nothing(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var saved = await AppendAsync(SavedDraft.Nothing, content);
        await Drafts.CompleteAsync(Target, saved, CancellationToken.None);
        var first = await Storage.FindAsync(Target.Key, CancellationToken.None);
        await Drafts.CompleteAsync(Target, saved, CancellationToken.None);
        await Drafts.AbortAsync(Target, saved.Notes, CancellationToken.None);
        Assert.That(await Storage.FindAsync(Target.Key, CancellationToken.None), Is.EqualTo(first));
        Assert.That(SHA256.HashData(await ReadAsync()), Is.EqualTo(SHA256.HashData(content)));
    }

    [Test]
    public async Task A_writer_that_comes_too_late_changes_nothing_of_what_another_saved()
    {
        var size = 9 << 20;
        var begun = await AppendAsync(SavedDraft.Nothing, new byte[size]);
        var late = (await Drafts.OpenAsync(Target, begun, ++fence, CancellationToken.None))!;
        await late.WriteAsync(new byte[100], CancellationToken.None);

        var more = RandomNumberGenerator.GetBytes(size);
        var content = new byte[size].Concat(more).ToArray();
        if (await Drafts.OpenAsync(Target, begun, ++fence, CancellationToken.None) is not { } draft)
        {
            // It is kept out until the late one lets go.
            await late.DisposeAsync();
            draft = (await Drafts.OpenAsync(Target, begun, ++fence, CancellationToken.None))!;
            await draft.WriteAsync(more, CancellationToken.None);
        }
        else
        {
            await draft.WriteAsync(more, CancellationToken.None);
            await late.WriteAsync(new byte[size], CancellationToken.None);
            await late.SaveAsync(all: true, CancellationToken.None);
            await late.DisposeAsync();
        }

        var saved = await draft.SaveAsync(all: true, CancellationToken.None);
        await draft.DisposeAsync();
        await Drafts.CompleteAsync(Target, saved, CancellationToken.None);
        Assert.That(SHA256.HashData(await ReadAsync()), Is.EqualTo(SHA256.HashData(content)));
    }

    [Test]
    public async Task What_is_saved_on_the_way_is_there_for_the_next_writer()
    {
        var content = RandomNumberGenerator.GetBytes(Large);
        var draft = (await Drafts.OpenAsync(Target, SavedDraft.Nothing, ++fence, CancellationToken.None))!;
        await draft.WriteAsync(content, CancellationToken.None);
        var saved = await draft.SaveAsync(all: false, CancellationToken.None);
        await draft.DisposeAsync();
        Assert.That(saved.Length, Is.GreaterThanOrEqualTo(16 << 20).And.LessThanOrEqualTo(Large));

        saved = await AppendAsync(saved, content[(int)saved.Length..]);
        await Drafts.CompleteAsync(Target, saved, CancellationToken.None);
        Assert.That(SHA256.HashData(await ReadAsync()), Is.EqualTo(SHA256.HashData(content)));
    }

    [Test]
    public void What_is_no_key_is_refused_by_every_method()
    {
        var outside = new DraftTarget("../secret", "video/mp4");
        Assert.Multiple(() =>
        {
            Assert.That(() => Drafts.OpenAsync(outside, SavedDraft.Nothing, 1, CancellationToken.None), Throws.ArgumentException);
            Assert.That(() => Drafts.CompleteAsync(outside, SavedDraft.Nothing, CancellationToken.None), Throws.ArgumentException);
            Assert.That(() => Drafts.AbortAsync(outside, null, CancellationToken.None), Throws.ArgumentException);
        });
    }

    protected async Task<SavedDraft> AppendAsync(SavedDraft from, byte[] bytes)
    {
        await using var draft = (await Drafts.OpenAsync(Target, from, ++fence, CancellationToken.None))!;
        foreach (var chunk in bytes.Chunk(1_000_003))
            await draft.WriteAsync(chunk, CancellationToken.None);
        return await draft.SaveAsync(all: true, CancellationToken.None);
    }

    async Task<byte[]> ReadAsync()
    {
        await using var content = await Storage.OpenReadAsync(Target.Key, CancellationToken.None);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }
}
