using System.Security.Cryptography;
using Framelane.Application.Abstractions;

namespace Framelane.Infrastructure.Tests.Storage;

/// <summary>What holds of every storage.</summary>
public abstract class ObjectStorageContract
{
    protected const string Key = "ws_01/ast_01.mp4";

    private protected StorageFolder Folder { get; private set; } = null!;

    protected abstract IObjectStorage Storage { get; }

    [SetUp]
    public void MakeFolder() => Folder = new();

    [TearDown]
    public void DropFolder() => Folder.Dispose();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3_000_000)]
    public async Task What_is_put_is_found_and_read_back_as_it_was(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var source = Folder.NewFile(content);
        await Storage.PutAsync(Key, source, "video/mp4", CancellationToken.None);

        var found = (await Storage.FindAsync(Key, CancellationToken.None))!;
        Assert.That(found with { Version = "" }, Is.EqualTo(new StoredObject(Key, size, "video/mp4", "")));
        Assert.That(found.Version, Does.Match("^[A-Za-z0-9_-]+$"));
        Assert.That(await ReadAsync(Key), Is.EqualTo(content));
        Assert.That(await File.ReadAllBytesAsync(source), Is.EqualTo(content), "the source is left as it is");
    }

    [Test]
    public async Task Nothing_is_found_where_nothing_was_put()
    {
        await PutAsync("ws_01/ast_02.mp4", 1);
        Assert.That(await Storage.FindAsync(Key, CancellationToken.None), Is.Null);
        Assert.That(await Storage.FindAsync("ws_01", CancellationToken.None), Is.Null, "a folder is no file");
        Assert.That(() => Storage.OpenReadAsync(Key, CancellationToken.None), Throws.InstanceOf<FileNotFoundException>());
        Assert.That(() => Storage.OpenReadAsync("ws_02/none.mp4", CancellationToken.None), Throws.InstanceOf<FileNotFoundException>());
    }

    [Test]
    public async Task What_is_deleted_is_gone_and_deleting_it_again_does_nothing()
    {
        await PutAsync(Key, 1);
        await PutAsync("ws_01/ast_02.mp4", 2);
        await Storage.DeleteAsync(Key, CancellationToken.None);
        await Storage.DeleteAsync(Key, CancellationToken.None);
        await Storage.DeleteAsync("ws_02/none.mp4", CancellationToken.None);
        Assert.That(await Storage.FindAsync(Key, CancellationToken.None), Is.Null);
        Assert.That(await ReadAsync("ws_01/ast_02.mp4"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task What_is_put_again_takes_the_place_of_the_first_and_has_another_version()
    {
        await PutAsync(Key, 5);
        var first = (await Storage.FindAsync(Key, CancellationToken.None))!;
        await Storage.PutAsync(Key, Folder.NewFile([7, 7, 7]), "image/png", CancellationToken.None);

        var second = (await Storage.FindAsync(Key, CancellationToken.None))!;
        Assert.That((second.Size, second.ContentType), Is.EqualTo((3, "image/png")));
        Assert.That(second.Version, Is.Not.EqualTo(first.Version));
        Assert.That(await ReadAsync(Key), Is.EqualTo(new byte[] { 7, 7, 7 }));
    }

    [Test]
    public async Task A_put_that_fails_leaves_what_was_there()
    {
        await PutAsync(Key, 5);
        var missing = Folder.NewFile([]);
        File.Delete(missing);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.That(() => Storage.PutAsync(Key, missing, "video/mp4", CancellationToken.None), Throws.InstanceOf<IOException>());
        Assert.That(
            () => Storage.PutAsync(Key, Folder.NewFile([1]), "video/mp4", cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await ReadAsync(Key), Has.Length.EqualTo(5));
    }

    [Test]
    public async Task A_copy_is_as_the_file_was_and_lives_by_itself()
    {
        const string target = "ws_01/ast_02.mp4";
        await PutAsync(target, 9);
        await PutAsync(Key, 5);
        var (content, found) = (await ReadAsync(Key), await Storage.FindAsync(Key, CancellationToken.None));
        Assert.That(await Storage.CopyAsync(Key, target, CancellationToken.None), Is.True);
        await Storage.DeleteAsync(Key, CancellationToken.None);
        Assert.That((await Storage.FindAsync(target, CancellationToken.None))! with { Version = "" }, Is.EqualTo(found! with { Key = target, Version = "" }));
        Assert.That(await ReadAsync(target), Is.EqualTo(content));
    }

    [Test]
    public async Task Where_there_is_nothing_nothing_is_copied()
    {
        Assert.That(await Storage.CopyAsync("ws_01/none.mp4", Key, CancellationToken.None), Is.False);
        Assert.That(await Storage.FindAsync(Key, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_folder_goes_with_all_that_is_in_it_and_nothing_else_does()
    {
        await PutAsync(Key, 1);
        await PutAsync("ws_01/ast_02.mp4", 2);
        await PutAsync("ws_011/ast_03.mp4", 3);
        await Storage.DeleteFolderAsync("ws_01", CancellationToken.None);
        await Storage.DeleteFolderAsync("ws_01", CancellationToken.None);
        await Storage.DeleteFolderAsync("ws_02", CancellationToken.None);
        Assert.That(await Storage.FindAsync(Key, CancellationToken.None), Is.Null);
        Assert.That(await Storage.FindAsync("ws_01/ast_02.mp4", CancellationToken.None), Is.Null);
        Assert.That(await ReadAsync("ws_011/ast_03.mp4"), Has.Length.EqualTo(3));
    }

    [Test]
    public void What_is_there_says_so() => Assert.That(() => Storage.CheckAsync(CancellationToken.None), Throws.Nothing);

    [TestCase("")]
    [TestCase("/")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("../secret")]
    [TestCase("ws_01/../../secret")]
    [TestCase("ws_01/./a")]
    [TestCase("/etc/passwd")]
    [TestCase("ws_01//a")]
    [TestCase("ws_01/")]
    [TestCase("ws_01\\..\\a")]
    [TestCase("ws_01/a b")]
    [TestCase("ws_01/a~type")]
    [TestCase("ws_01/a\0")]
    [TestCase("ws_01/a\n")]
    [TestCase("ws_01/ä")]
    [TestCase("ws_01/a%2e")]
    public void What_is_no_key_is_refused_by_every_method(string key)
    {
        var source = Folder.NewFile([1]);
        Assert.Multiple(() =>
        {
            Assert.That(() => Storage.PutAsync(key, source, "video/mp4", CancellationToken.None), Throws.ArgumentException);
            Assert.That(() => Storage.FindAsync(key, CancellationToken.None), Throws.ArgumentException);
            Assert.That(() => Storage.OpenReadAsync(key, CancellationToken.None), Throws.ArgumentException);
            Assert.That(() => Storage.CopyAsync(key, Key, CancellationToken.None), Throws.ArgumentException);
            Assert.That(() => Storage.CopyAsync(Key, key, CancellationToken.None), Throws.ArgumentException);
            Assert.That(() => Storage.DeleteAsync(key, CancellationToken.None), Throws.ArgumentException);
            Assert.That(() => Storage.DeleteFolderAsync(key, CancellationToken.None), Throws.ArgumentException);
            Assert.That(() => Storage.SignUrl(key, TimeSpan.FromMinutes(1), null), Throws.ArgumentException);
        });
    }

    [Test]
    public void Keys_have_an_end() =>
        Assert.That(() => Storage.FindAsync(string.Concat(Enumerable.Repeat("ws_01/", 100)) + "a", CancellationToken.None), Throws.ArgumentException);

    protected Task PutAsync(string key, int size) =>
        Storage.PutAsync(key, Folder.NewFile(RandomNumberGenerator.GetBytes(size)), "video/mp4", CancellationToken.None);

    protected async Task<byte[]> ReadAsync(string key)
    {
        await using var content = await Storage.OpenReadAsync(key, CancellationToken.None);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }
}
