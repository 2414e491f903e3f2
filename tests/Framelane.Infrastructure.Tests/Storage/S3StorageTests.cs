using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Storage;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Storage;

public sealed class S3StorageTests : ObjectStorageContract
{
    static readonly HttpClient Anyone = new(new SocketsHttpHandler { UseProxy = false });

    static S3Server? server;

    IAmazonS3 client = null!;

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
        foreach (var key in new[] { Key, "ws_01/ast_02.mp4" })
            await Storage.DeleteAsync(key, CancellationToken.None);
    }

    [TearDown]
    public void Disconnect() => client.Dispose();

    [Test]
    public async Task A_large_file_goes_in_parts()
    {
        var content = RandomNumberGenerator.GetBytes(20 << 20);
        var requests = new ConcurrentQueue<string>();
        ((AmazonS3Client)client).BeforeRequestEvent += (_, e) => requests.Enqueue(((WebServiceRequestEventArgs)e).Request.GetType().Name);
        await Storage.PutAsync(Key, Folder.NewFile(content), "video/mp4", CancellationToken.None);
        var found = (await Storage.FindAsync(Key, CancellationToken.None))!;
        Assert.That((found.Size, found.ContentType), Is.EqualTo((content.LongLength, "video/mp4")));
        Assert.That(requests.Count(name => name == nameof(UploadPartRequest)), Is.GreaterThan(1));
        Assert.That(SHA256.HashData(await ReadAsync(Key)), Is.EqualTo(SHA256.HashData(content)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_folder_s_files_go_in_one_request_or_one_by_one_where_the_server_does_not_know_how(bool refuses)
    {
        const int Count = 20;
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), async (i, token) =>
            await client.PutObjectAsync(new() { BucketName = S3Server.Bucket, Key = $"ws_01/many_{i}", ContentBody = "x" }, token));
        var requests = new ConcurrentQueue<string>();
        ((AmazonS3Client)client).BeforeRequestEvent += (_, e) =>
        {
            var request = ((WebServiceRequestEventArgs)e).Request;
            requests.Enqueue(request.GetType().Name);
            if (refuses && request is DeleteObjectsRequest)
                throw new AmazonS3Exception("Not implemented.");
        };

        await Storage.DeleteFolderAsync("ws_01", CancellationToken.None);

        Assert.That((await client.ListObjectsV2Async(new() { BucketName = S3Server.Bucket, Prefix = "ws_01/" })).KeyCount, Is.Zero);
        Assert.That(requests.Count(name => name == nameof(DeleteObjectsRequest)), Is.EqualTo(1));
        Assert.That(requests.Count(name => name == nameof(DeleteObjectRequest)), Is.EqualTo(refuses ? Count : 0));
    }

    [Test]
    public async Task A_large_file_is_copied_in_parts_by_the_server()
    {
        const string target = "ws_01/ast_02.mp4";
        var copy = new S3Copy(client, S3Server.Bucket) { Largest = 10 << 20, Part = 8 << 20 };
        var content = RandomNumberGenerator.GetBytes(20 << 20);
        await Storage.PutAsync(Key, Folder.NewFile(content), "video/mp4", CancellationToken.None);
        var found = (await Storage.FindAsync(Key, CancellationToken.None))!;
        var requests = new ConcurrentQueue<string>();
        ((AmazonS3Client)client).BeforeRequestEvent += (_, e) => requests.Enqueue(((WebServiceRequestEventArgs)e).Request.GetType().Name);
        Assert.That(await copy.RunAsync(found, target, CancellationToken.None), Is.True);
        Assert.That(requests.Count(name => name == nameof(CopyPartRequest)), Is.EqualTo(3));
        Assert.That(requests, Has.None.EqualTo(nameof(GetObjectRequest)).And.None.EqualTo(nameof(UploadPartRequest)));
        Assert.That((await Storage.FindAsync(target, CancellationToken.None))!.ContentType, Is.EqualTo("video/mp4"));
        Assert.That(SHA256.HashData(await ReadAsync(target)), Is.EqualTo(SHA256.HashData(content)));
    }

    [TestCase("clip.mp4", "attachment; filename=clip.mp4; filename*=UTF-8''clip.mp4")]
    [TestCase("Über \"片\".mp4", "attachment; filename=\"_ber \\\"_\\\".mp4\"; filename*=UTF-8''%C3%9Cber%20%22%E7%89%87%22.mp4")]
    public async Task A_signed_url_gives_the_file_to_anyone_with_its_type_its_name_and_its_ranges(string filename, string disposition)
    {
        await PutAsync(Key, 1000);
        using var request = new HttpRequestMessage(HttpMethod.Get, Storage.SignUrl(Key, TimeSpan.FromMinutes(15), filename)) { Headers = { Range = new(0, 9) } };
        using var answer = await Anyone.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.Multiple(() =>
        {
            Assert.That(answer.Content.Headers.NonValidated["Content-Disposition"].ToString(), Is.EqualTo(disposition));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("video/mp4"));
            Assert.That(answer.Content.Headers.ContentLength, Is.EqualTo(10));
            Assert.That(answer.Headers.ETag, Is.Not.Null);
        });
    }

    [Test]
    public async Task A_signed_url_without_a_name_shows_the_file_in_place_and_no_other_file()
    {
        await PutAsync(Key, 1000);
        await PutAsync("ws_01/ast_02.mp4", 1000);
        var url = Storage.SignUrl(Key, TimeSpan.FromMinutes(15), null);
        Assert.That(url.AbsoluteUri, Does.StartWith($"{server!.Url}/{S3Server.Bucket}/{Key}?"));
        using var answer = await Anyone.GetAsync(url);
        using var other = await Anyone.GetAsync(url.AbsoluteUri.Replace("ast_01", "ast_02", StringComparison.Ordinal));
        Assert.That((answer.StatusCode, other.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Forbidden)));
        Assert.That(answer.Content.Headers.ContentDisposition, Is.Null);
    }

    [Test]
    public async Task A_server_that_is_away_or_refuses_is_an_error_and_not_a_file_that_is_missing()
    {
        var settings = server!.Settings();
        settings.S3.SecretKey = "wrong"; // which its server looks at
        using var stranger = S3Client.Create(settings.S3);
        var refused = new S3Storage(stranger, Options.Create(settings), TimeProvider.System);
        await PutAsync(Key, 1);
        Assert.That(() => refused.FindAsync(Key, CancellationToken.None), Throws.InstanceOf<AmazonS3Exception>());
        Assert.That(() => refused.OpenReadAsync(Key, CancellationToken.None), Throws.InstanceOf<AmazonS3Exception>());
        Assert.That(() => refused.CheckAsync(CancellationToken.None), Throws.InstanceOf<AmazonS3Exception>());
    }

    [Test]
    public void A_bucket_that_is_not_there_is_an_error()
    {
        var settings = server!.Settings();
        settings.S3.Bucket = "nowhere";
        Assert.That(() => new S3Storage(client, Options.Create(settings), TimeProvider.System).CheckAsync(CancellationToken.None), Throws.InstanceOf<AmazonS3Exception>());
    }
}
