using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Storage;

namespace Framelane.Infrastructure.Tests.Storage;

public sealed class FolderDraftsTests : DraftStorageContract
{
    protected override IDraftStorage Drafts => new FolderDrafts(Folder.Data, Folder.NewStorage());

    protected override IObjectStorage Storage => Folder.NewStorage();

    [Test]
    public async Task An_aborted_draft_leaves_no_file_and_only_its_user_could_read_it()
    {
        var saved = await AppendAsync(SavedDraft.Nothing, [1, 2, 3]);
        var draft = Folder.Everything().Single();
        Assert.That(UnixModes.Of(Path.Combine(Folder.Files, draft)), Is.EqualTo(UnixModes.OwnersFile));
        await Drafts.AbortAsync(Target, saved.Notes, CancellationToken.None);
        await Drafts.AbortAsync(Target, saved.Notes, CancellationToken.None);
        Assert.That(Folder.Everything(), Is.Empty);
    }

    [Test]
    public async Task A_complete_file_leaves_no_draft()
    {
        await Drafts.CompleteAsync(Target, await AppendAsync(SavedDraft.Nothing, [1, 2, 3]), CancellationToken.None);
        Assert.That(Folder.Everything(), Is.EquivalentTo(new[] { Target.Key, Target.Key + "~type" }));
    }

    [Test]
    public async Task A_draft_that_lost_what_was_saved_is_an_error_and_no_file_with_a_hole()
    {
        var saved = await AppendAsync(SavedDraft.Nothing, [1, 2, 3]);
        await File.WriteAllBytesAsync(Path.Combine(Folder.Files, Folder.Everything().Single()), [1, 2]);
        Assert.That(() => Drafts.OpenAsync(Target, saved, 9, CancellationToken.None), Throws.InstanceOf<IOException>());
        Assert.That(() => Drafts.CompleteAsync(Target, saved, CancellationToken.None), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task A_writer_keeps_others_out_until_it_lets_go()
    {
        await using (await Drafts.OpenAsync(Target, SavedDraft.Nothing, 1, CancellationToken.None))
            Assert.That(await Drafts.OpenAsync(Target, SavedDraft.Nothing, 2, CancellationToken.None), Is.Null);
        await using var next = await Drafts.OpenAsync(Target, SavedDraft.Nothing, 3, CancellationToken.None);
        Assert.That(next, Is.Not.Null);
    }
}
