using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Framelane.Client;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>The client's uploads, against the API.</summary>
public sealed class ClientUploadTests : SharedHostTests
{
    /// <summary>More than one part of the client's.</summary>
    static readonly byte[] Content = RandomNumberGenerator.GetBytes((16 << 20) + 12_345);

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_file_arrives_whole_also_where_answers_are_lost(bool loses)
    {
        using var network = new Network { LosesEverySecondPut = loses };
        using var client = FramelaneClient.Create(Host.Url, Tenant.Key, network);

        var source = await client.UploadAsync(new MemoryStream(Content), "video/mp4", "clip.mp4");

        var upload = new Uploading(Host.Nobody, source, source.AbsoluteUri, "video/mp4");
        Assert.That(await upload.StoredAsync(Host), Is.EqualTo(Uploading.DigestOf(Content)));
        Assert.That(network.Lost, loses ? Is.GreaterThan(0) : Is.Zero);
    }

    [TestCase("no connection")]
    [TestCase("no answer in time")]
    [TestCase("busy")]
    [TestCase("stalled")]
    public async Task Half_a_minute_of_failures_in_a_row_is_outlived_and_no_more(string failure)
    {
        var clock = new Hurried();
        using var network = new Network { Fails = 5, FailureOf = _ => Task.Run(() => Fail(failure)) };
        using var client = FramelaneClient.Create(Host.Url, Tenant.Key, network);
        client.Clock = clock;

        var source = await client.UploadAsync(new MemoryStream(Content), "video/mp4");

        var upload = new Uploading(Host.Nobody, source, source.AbsoluteUri, "video/mp4");
        Assert.That(await upload.StoredAsync(Host), Is.EqualTo(Uploading.DigestOf(Content)));
        Assert.That(clock.Waits.Select(wait => wait.TotalSeconds), Is.EqualTo(new[] { 1, 2, 4, 8, 16 }));

        network.Fails = 6;
        Assert.That(
            async () => await client.UploadAsync(new MemoryStream(Content), "video/mp4"),
            failure is "busy" or "stalled" ? Throws.InstanceOf<FramelaneApiException>() : Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Parts_that_came_too_fast_are_sent_when_the_API_says_so()
    {
        var clock = new Hurried();
        using var network = new Network { Fails = 2, FailureOf = _ => Task.Run(() => Fail("too fast")) };
        using var client = FramelaneClient.Create(Host.Url, Tenant.Key, network);
        client.Clock = clock;

        var source = await client.UploadAsync(new MemoryStream(Content), "video/mp4");

        var upload = new Uploading(Host.Nobody, source, source.AbsoluteUri, "video/mp4");
        Assert.That(await upload.StoredAsync(Host), Is.EqualTo(Uploading.DigestOf(Content)));
        Assert.That(clock.Waits.Select(wait => wait.TotalSeconds), Is.EqualTo(new[] { 47, 47 }));
    }

    [Test]
    public async Task A_former_request_that_the_API_still_waits_for_is_waited_for()
    {
        var lost = new Pipe();
        var clock = new Hurried();
        using var network = new Network { Fails = 1 };
        using var client = FramelaneClient.Create(Host.Url, Tenant.Key, network);
        client.Clock = clock;
        var holding = Task.FromResult<Answer>(null!);
        network.FailureOf = async url =>
        {
            var upload = new Uploading(Host.Nobody, url, "", "video/mp4");
            await lost.Writer.WriteAsync(Content.AsMemory(0, 1 << 15));
            holding = upload.SendAsync(Uploading.Chunked(lost.Reader.AsStream()), $"bytes 0-{(16 << 20) - 1}/{Content.Length}");
            await Eventually.HoldsAsync(async () => (await upload.PutAsync([1], 7, Content.Length)).Body.Contains("Another request", StringComparison.Ordinal));
            throw new HttpRequestException("Lost.");
        };
        clock.Before = async wait =>
        {
            if (wait != TimeSpan.FromSeconds(4))
                return;
            await lost.Writer.CompleteAsync();
            await holding.InTimeAsync();
        };

        var source = await client.UploadAsync(new MemoryStream(Content), "video/mp4");

        var uploaded = new Uploading(Host.Nobody, source, source.AbsoluteUri, "video/mp4");
        Assert.That(await uploaded.StoredAsync(Host), Is.EqualTo(Uploading.DigestOf(Content)));
        Assert.That(clock.Waits.Select(wait => wait.TotalSeconds), Is.EqualTo(new[] { 1, 2, 4 }));
    }

    [Test]
    public async Task A_file_that_the_API_has_but_is_not_done_with_is_not_called_uploaded()
    {
        var answers = new Queue<HttpStatusCode>([HttpStatusCode.BadGateway, HttpStatusCode.PermanentRedirect]);
        var clock = new Hurried();
        using var network = new Network { Fails = answers.Count };
        using var client = FramelaneClient.Create(Host.Url, Tenant.Key, network);
        client.Clock = clock;
        network.FailureOf = _ => Task.FromResult(new HttpResponseMessage(answers.Dequeue()) { Headers = { { "Range", $"bytes=0-{Content.Length - 1}" } } });

        var source = await client.UploadAsync(new MemoryStream(Content), "video/mp4");

        var upload = new Uploading(Host.Nobody, source, source.AbsoluteUri, "video/mp4");
        Assert.That(await upload.StoredAsync(Host), Is.EqualTo(Uploading.DigestOf(Content)));
        Assert.That(clock.Waits, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Who_cancels_is_let_go_at_once()
    {
        using var gone = new CancellationTokenSource();
        using var network = new Network { Fails = 1 };
        using var client = FramelaneClient.Create(Host.Url, Tenant.Key, network);
        network.FailureOf = async _ =>
        {
            await gone.CancelAsync();
            throw new TaskCanceledException();
        };

        await Assert.ThrowsAsync<TaskCanceledException>(() => client.UploadAsync(new MemoryStream(Content), "video/mp4", cancellationToken: gone.Token));
    }

    [Test]
    public void What_the_API_refuses_is_thrown() => Assert.That(
        async () => await Tenant.Client.UploadAsync(new MemoryStream(Content), "video/unheard-of"),
        Throws.InstanceOf<FramelaneApiException>().With.Property("Code").EqualTo("unsupported_content_type"));

    [Test]
    public void An_empty_file_is_none() =>
        Assert.That(async () => await Tenant.Client.UploadAsync(new MemoryStream(), "video/mp4"), Throws.ArgumentException);

    [Test]
    public void What_is_not_there_to_download_is_thrown() => Assert.That(
        async () => await Tenant.Client.DownloadRenderAsync("render_0", Stream.Null),
        Throws.InstanceOf<FramelaneApiException>().With.Property("Code").EqualTo("not_found"));

    static HttpResponseMessage Fail(string how) => how switch
    {
        "busy" => Refusal(HttpStatusCode.Conflict, "conflict", "Another request sends this upload."),
        "stalled" => Refusal(HttpStatusCode.BadRequest, "invalid_request", "No more bytes came. Ask how far the upload is, and go on from there."),
        "too fast" => TooFast(),
        "no answer in time" => throw new TaskCanceledException("Late.", new TimeoutException()),
        _ => throw new HttpRequestException("Nobody answers."),
    };

    static HttpResponseMessage TooFast()
    {
        var answer = Refusal(HttpStatusCode.TooManyRequests, "rate_limited", "Too many requests.");
        answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(47));
        return answer;
    }

    static HttpResponseMessage Refusal(HttpStatusCode status, string code, string message) => new(status)
    {
        Content = new StringContent($$$"""{"error": {"code": "{{{code}}}", "message": "{{{message}}}", "details": {} } }""", Encoding.UTF8, "application/json"),
    };

    /// <summary>Answers that never come back, though the API has taken what it was sent; and requests that never come there.</summary>
    sealed class Network() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        int puts;

        public bool LosesEverySecondPut { get; init; }

        public int Lost { get; private set; }

        /// <summary>Of the next PUTs, how many do not come there.</summary>
        public int Fails { get; set; }

        public Func<Uri, Task<HttpResponseMessage>> FailureOf { get; set; } = _ => throw new HttpRequestException("Nobody answers.");

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Put && Fails-- > 0)
                return await FailureOf(request.RequestUri!);
            var answer = await base.SendAsync(request, cancellationToken);
            if (!LosesEverySecondPut || request.Method != HttpMethod.Put || ++puts % 2 == 0)
                return answer;
            Lost++;
            answer.Dispose();
            throw new HttpRequestException("Lost.");
        }
    }

    /// <summary>Waits no longer than what is done in that time.</summary>
    sealed class Hurried : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public Func<TimeSpan, Task> Before { get; set; } = _ => Task.CompletedTask;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            _ = Task.Run(async () =>
            {
                await Before(dueTime);
                callback(state);
            });
            return new Done();
        }

        sealed class Done : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
