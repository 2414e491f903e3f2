using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Storage;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Storage;

public sealed class S3DraftsTests : DraftStorageContract
{
    static S3Server? server;

    IAmazonS3 client = null!;

    protected override IDraftStorage Drafts => new S3Drafts(client, (S3Storage)Storage, Options.Create(server!.Settings()));

    protected override IObjectStorage Storage => server!.Storage(client);

    [OneTimeSetUp]
    public static async Task StartServerAsync() => server = await S3Server.StartAsync();

    [OneTimeTearDown]
    public static async Task StopServerAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    [SetUp]
    public async Task ConnectAsync()
    {
        client = server!.Connect();
        await Storage.DeleteAsync(Target.Key, CancellationToken.None);
        await Drafts.AbortAsync(Target, null, CancellationToken.None);
    }

    [TearDown]
    public void Disconnect() => client.Dispose();

    [Test]
    public async Task What_is_less_than_a_part_is_put_aside_once_and_goes_when_the_file_is_complete()
    {
        var saved = SavedDraft.Nothing;
        for (var i = 0; i < 5; i++)
            saved = await AppendAsync(saved, new byte[100]);
        Assert.That(await KeysAsync(), Has.Length.LessThanOrEqualTo(2), "the last one, and the one before until a writer knows that it is not needed");
        await Drafts.CompleteAsync(Target, saved, CancellationToken.None);
        Assert.That(await KeysAsync(), Is.EqualTo(new[] { Target.Key }));
    }

    [Test]
    public async Task An_aborted_draft_leaves_no_object_and_its_multipart_upload_is_aborted()
    {
        var requests = new ConcurrentQueue<AmazonWebServiceRequest>();
        ((AmazonS3Client)client).BeforeRequestEvent += (_, e) => requests.Enqueue(((WebServiceRequestEventArgs)e).Request);
        var saved = await AppendAsync(SavedDraft.Nothing, new byte[(8 << 20) + 5]);
        Assert.That(await KeysAsync(), Has.Length.EqualTo(1));
        await Drafts.AbortAsync(Target, saved.Notes, CancellationToken.None);
        Assert.That(await KeysAsync(), Is.Empty);
        Assert.That(
            requests.OfType<AbortMultipartUploadRequest>().Select(request => (request.Key, request.UploadId)),
            Is.EqualTo(new[] { (Target.Key, S3DraftNotes.Read(saved.Notes).Upload) }));
    }

    [Test]
    public void Parts_of_writers_that_follow_each_other_have_numbers_apart_in_their_order_and_few_enough()
    {
        var notes = S3DraftNotes.None;
        var numbers = new List<int>();
        for (var fence = 1L; notes.Length < 5L << 30; fence += 7)
        {
            Assert.That(notes.NextNumber(fence), Is.Not.EqualTo(notes.NextNumber(fence + 1)));
            numbers.Add(notes.NextNumber(fence));
            notes = notes with { Parts = [.. notes.Parts, new S3Part(numbers[^1], "")] };
        }

        Assert.That(numbers, Is.Ordered.Ascending.And.Unique);
        Assert.That(numbers[^1], Is.LessThanOrEqualTo(10_000));
    }

    async Task<string[]> KeysAsync() =>
        [.. ((await client.ListObjectsV2Async(new() { BucketName = S3Server.Bucket })).S3Objects ?? []).Select(found => found.Key)];
}
