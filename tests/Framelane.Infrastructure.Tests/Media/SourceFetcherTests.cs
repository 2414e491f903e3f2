using System.Net;
using System.Security.Cryptography;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Infrastructure.Media;
using Framelane.Infrastructure.Tests.Outbound;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Media;

public sealed class SourceFetcherTests
{
    const string Canary = "secret of the inner network";

    const string Loopback = "127.0.0.0/8";

    readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    readonly MediaOptions options = new() { MaxSourceBytes = 1_000_000 };

    readonly List<IDisposable> made = [];

    DirectoryInfo folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("framelane-source-");

    [TearDown]
    public void Clean()
    {
        foreach (var each in made)
            each.Dispose();
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task What_is_there_is_streamed_to_a_file_that_only_its_user_may_read()
    {
        var content = RandomNumberGenerator.GetBytes(500_000);
        var server = Serve(new SourceServer($"200 OK\r\nContent-Type: video/mp4; codecs=avc1\r\nContent-Length: {content.Length}", content));
        var source = await FetchAsync(server.Url());
        Assert.That(source with { Path = "" }, Is.EqualTo(new FetchedSource("", content.Length, "video/mp4")));
        Assert.That(Path.GetDirectoryName(source.Path), Is.EqualTo(folder.FullName));
        Assert.That(await File.ReadAllBytesAsync(source.Path), Is.EqualTo(content));
        Assert.That(UnixModes.Of(source.Path), Is.EqualTo(UnixModes.OwnersFile));
    }

    [Test]
    public async Task It_says_who_it_is_and_nothing_else_and_keeps_no_cookie()
    {
        var server = Serve(new SourceServer("200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 1", [1]));
        await FetchAsync(server.Url());
        await FetchAsync(server.Url());
        Assert.That(server.Heads, Has.Count.EqualTo(2).And.All.Match(
            "^GET /clip.mp4 HTTP/1.1\nHost: 127.0.0.1:\\d+\nAccept: \\*/\\*\nAccept-Encoding: identity\nUser-Agent: Framelane-Media/[0-9.]+\n$"));
    }

    [Test]
    public async Task What_is_compressed_is_never_unpacked()
    {
        var server = Serve(new SourceServer("200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1", [1]));
        await AssertFailsAsync(server.Url(), MediaErrorCodes.InvalidSource);
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task Five_redirects_are_followed_and_a_sixth_is_not(int status)
    {
        var server = Serve(new SourceServer((path, stream) => int.Parse(path[1..]) is var left and > 0
            ? SourceServer.SayAsync(stream, $"HTTP/1.1 {status} Moved\r\nLocation: /{left - 1}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            : SourceServer.SayAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")));
        var source = await FetchAsync(server.Url("/5"));
        Assert.That(source.Size, Is.EqualTo(2));
        File.Delete(source.Path);
        await AssertFailsAsync(server.Url("/6"), MediaErrorCodes.SourceNotFound);
    }

    [TestCase("http://10.0.0.1/")]
    [TestCase("http://169.254.169.254/latest/meta-data")]
    [TestCase("http://[::1]/")]
    [TestCase("http://inner.test/")]
    [TestCase("http://user:password@127.0.0.1/")]
    [TestCase("file:///etc/passwd")]
    [TestCase("ftp://127.0.0.1/")]
    [TestCase("gopher://127.0.0.1/")]
    public async Task Each_hop_is_judged_and_what_may_not_be_reached_is_not(string target)
    {
        var guard = NewGuard(Loopback);
        guard.NameServer.Has("inner.test", "10.0.0.1");
        var server = Serve(new SourceServer($"302 Found\r\nLocation: {target}\r\nContent-Length: 0"));
        await AssertFailsAsync(server.Url(), MediaErrorCodes.SourceNotAllowed, guard);
        await AssertFailsAsync(target, MediaErrorCodes.SourceNotAllowed, guard);
        Assert.That(guard.Dialled, Has.Count.EqualTo(1).And.All.Matches<IPEndPoint>(dialled => dialled!.Port == server.Port));
    }

    [Test]
    public async Task A_name_that_moves_between_its_judgement_and_its_use_is_caught_when_it_is_dialled()
    {
        var guard = NewGuard(Loopback);
        guard.NameServer.InTurn("moving.test", ["127.0.0.1"], ["10.0.0.1"]);
        await AssertFailsAsync("http://moving.test/", MediaErrorCodes.SourceNotAllowed, guard);
        Assert.That(guard.Dialled, Is.Empty);
    }

    [Test]
    public async Task Nothing_of_a_server_that_may_not_be_reached_is_told()
    {
        var server = Serve(new SourceServer($"200 {Canary}\r\nContent-Length: {Canary.Length}", System.Text.Encoding.ASCII.GetBytes(Canary)));
        var failure = await AssertFailsAsync(server.Url(), MediaErrorCodes.SourceNotAllowed, NewGuard());
        Assert.That(failure.Message, Does.Not.Contain(Canary).And.Not.Contain("127.0.0.1"));
        Assert.That(server.Heads, Is.Empty);
    }

    [TestCase("404 Not Found")]
    [TestCase("403 Forbidden")]
    [TestCase("500 Oops")]
    [TestCase("206 Partial Content")]
    [TestCase("302 Found")]
    [TestCase("304 Not Modified")]
    public async Task What_answers_with_anything_but_the_file_is_not_found(string status)
    {
        var server = Serve(new SourceServer($"{status}\r\nContent-Length: 0"));
        Assert.That((await AssertFailsAsync(server.Url(), MediaErrorCodes.SourceNotFound)).Message, Does.Contain(status[..3]));
    }

    [Test]
    public async Task What_nobody_serves_is_not_found()
    {
        await AssertFailsAsync($"http://127.0.0.1:{LoopbackPort.Free()}/", MediaErrorCodes.SourceNotFound);
        await AssertFailsAsync("http://no.such.test/", MediaErrorCodes.SourceNotFound);
        await AssertFailsAsync(Serve(new SourceServer((_, _) => Task.CompletedTask)).Url(), MediaErrorCodes.SourceNotFound);
        await AssertFailsAsync("http://", MediaErrorCodes.InvalidSource);
    }

    [Test]
    public async Task What_says_that_it_is_too_large_is_not_even_begun()
    {
        var server = Serve(new SourceServer("200 OK\r\nContent-Length: 1000001"));
        await AssertFailsAsync(server.Url(), MediaErrorCodes.SourceTooLarge);
    }

    [Test]
    public async Task What_never_ends_ends_at_the_largest_size()
    {
        var server = Serve(new SourceServer(async (_, stream) =>
        {
            await SourceServer.SayAsync(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            for (var block = new byte[10_000]; ;)
                await stream.WriteAsync(block);
        }));
        await AssertFailsAsync(server.Url(), MediaErrorCodes.SourceTooLarge);
    }

    [Test]
    public async Task What_is_larger_than_a_plan_has_room_for_ends_there_and_says_so()
    {
        var server = Serve(new SourceServer("200 OK", new byte[101]));
        var failure = (await Assert.ThrowsAsync<MediaException>(() => FetchAsync(server.Url(), room: 100).InTimeAsync()))!;
        Assert.That((failure.Code, failure.Message), Is.EqualTo((
            MediaErrorCodes.SourceTooLarge, "The source is larger than the 100 bytes that are left of what the workspace's plan keeps. What is deleted makes room.")));
        Assert.That(folder.EnumerateFiles(), Is.Empty);
        Assert.That((await FetchAsync(Serve(new SourceServer("200 OK", new byte[100])).Url(), room: 100)).Size, Is.EqualTo(100));
    }

    [Test]
    public async Task What_is_just_as_large_as_allowed_is_taken() =>
        Assert.That((await FetchAsync(Serve(new SourceServer("200 OK", new byte[1_000_000])).Url())).Size, Is.EqualTo(1_000_000));

    [TestCase("200 OK\r\nContent-Length: 10", 5)]
    [TestCase("200 OK\r\nTransfer-Encoding: chunked", 5)]
    [TestCase("200 OK", 0)]
    [TestCase("200 OK\r\nContent-Length: 0", 0)]
    public async Task What_is_cut_off_or_empty_is_invalid(string head, int size)
    {
        var server = Serve(new SourceServer(head, [.. Enumerable.Repeat((byte)'5', size)]));
        await AssertFailsAsync(server.Url(), MediaErrorCodes.InvalidSource);
    }

    [TestCase("")]
    [TestCase("HTTP/1.1 200 OK\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")]
    public async Task What_stalls_is_given_up(string said)
    {
        options.MaxJobDuration = TimeSpan.FromDays(7);
        var server = Serve(new SourceServer(async (_, stream) =>
        {
            await SourceServer.SayAsync(stream, said);
            await Task.Delay(Timeout.Infinite);
        }));
        var fetch = AssertFailsAsync(server.Url(), MediaErrorCodes.SourceNotFound);
        await Eventually.HoldsAsync(() => server.Heads.Count == 1);
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return fetch.IsCompleted;
        });
        await fetch;
    }

    [Test]
    public async Task What_drips_is_given_up_as_what_stalls()
    {
        options.MaxJobDuration = TimeSpan.FromDays(7);
        await AssertFailsAsync(Serve(Steadily(bytes: 100)).Url(), MediaErrorCodes.SourceNotFound);
    }

    [Test]
    public async Task What_comes_steadily_is_given_up_after_the_time_for_a_job()
    {
        options.MaxJobDuration = TimeSpan.FromSeconds(50);
        await AssertFailsAsync(Serve(Steadily(bytes: 1 << 16)).Url(), MediaErrorCodes.SourceNotFound);
    }

    [Test]
    public async Task What_is_cancelled_is_cancelled_and_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var server = Serve(new SourceServer(async (_, stream) =>
        {
            await SourceServer.SayAsync(stream, "HTTP/1.1 200 OK\r\n\r\nabc");
            await Task.Delay(Timeout.Infinite);
        }));
        var fetch = FetchAsync(server.Url(), cancellationToken: cancel.Token);
        await Eventually.HoldsAsync(() => folder.EnumerateFiles().Any(file => file.Length == 3));
        await cancel.CancelAsync();
        Assert.That(() => fetch.InTimeAsync(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(folder.EnumerateFiles(), Is.Empty);
    }

    /// <summary>So many bytes every 5 s, until the client goes.</summary>
    SourceServer Steadily(int bytes) => new(async (_, stream) =>
    {
        await SourceServer.SayAsync(stream, "HTTP/1.1 200 OK\r\n\r\n");
        for (long sent = bytes; ; sent += bytes)
        {
            await stream.WriteAsync(new byte[bytes]);
            while (folder.EnumerateFiles().All(file => file.Length < sent))
                await Task.Delay(1);
            time.Advance(TimeSpan.FromSeconds(5));
        }
    });

    async Task<MediaException> AssertFailsAsync(string url, string code, Guard? guard = null)
    {
        var failure = (await Assert.ThrowsAsync<MediaException>(() => FetchAsync(url, guard).InTimeAsync()))!;
        Assert.That(failure.Code, Is.EqualTo(code));
        Assert.That(failure.Message, Does.Not.Match("://|127\\.0|10\\.0|test"));
        Assert.That(folder.EnumerateFiles(), Is.Empty);
        return failure;
    }

    Task<FetchedSource> FetchAsync(string url, Guard? guard = null, long? room = null, CancellationToken cancellationToken = default)
    {
        guard ??= NewGuard(Loopback);
        var fetcher = new SourceFetcher(guard.Connector, guard.UrlPolicy, Options.Create(options), time);
        made.Add(fetcher);
        return fetcher.FetchAsync(url, folder.FullName, "ws_test", room, cancellationToken);
    }

    Guard NewGuard(params string[] allowed)
    {
        var guard = new Guard(allowed: allowed);
        made.Add(guard);
        return guard;
    }

    SourceServer Serve(SourceServer server)
    {
        made.Add(server);
        return server;
    }
}
