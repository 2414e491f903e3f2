using System.Net;
using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Tests.Outbound;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>What the owner of a webhook is told of a receiver that does not answer as it should: a stable reason, and nothing of a forbidden target.</summary>
public sealed class BadReceiverTests
{
    const string Endless = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    readonly Receiver receiver = new();
    SenderHost? host;

    [TearDown]
    public async Task Stop()
    {
        receiver.Dispose();
        if (host is not null)
            await host.DisposeAsync();
    }

    [Test]
    public async Task One_that_hangs()
    {
        receiver.OnRequest = (_, _) => Task.Delay(Timeout.Infinite);
        await FailsAsync("timeout", TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task One_that_hangs_before_it_reads()
    {
        receiver.OnConnect = _ => Task.Delay(Timeout.Infinite);
        await FailsAsync("timeout", TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task One_that_hangs_in_its_head()
    {
        receiver.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, "HTTP/1.1 200 OK\r\nX-Slow: ");
            await Task.Delay(Timeout.Infinite);
        };
        await FailsAsync("timeout", TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task One_that_hangs_in_its_body()
    {
        receiver.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
            await Task.Delay(Timeout.Infinite);
        };
        var finished = await FailsAsync("timeout", TimeSpan.FromSeconds(1));
        Assert.That(finished.ResponseBody, Is.EqualTo("part"));
    }

    [Test]
    public async Task One_that_streams_for_ever()
    {
        receiver.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, Endless);
            var chunk = $"{1024:x}\r\n{new string('e', 1024)}\r\n";
            while (true)
                await Receiver.AnswerAsync(stream, chunk);
        };
        var finished = await FailsAsync("response_too_large");
        Assert.That(finished.ResponseBody, Is.EqualTo(new string('e', DeliveryAttempt.MaxResponseBody)));
    }

    [Test]
    public async Task One_that_drips_for_ever()
    {
        receiver.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, Endless);
            while (true)
            {
                await Receiver.AnswerAsync(stream, "1\r\ne\r\n");
                await Task.Delay(10);
            }
        };
        await FailsAsync("timeout", TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task One_that_fails_for_ever_is_known_by_its_status()
    {
        receiver.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, Endless.Replace("200 OK", "500 No"));
            while (true)
                await Receiver.AnswerAsync(stream, "1\r\ne\r\n");
        };
        var finished = await SendAsync();
        Assert.That(finished.Result, Is.EqualTo(AttemptResult.Answered(500)));
        Assert.That(finished.Verdict.Status, Is.EqualTo(AttemptStatus.Failed));
    }

    [Test]
    public async Task One_that_closes_before_it_reads([Values] bool resets)
    {
        receiver.OnConnect = socket =>
        {
            if (resets)
                socket.LingerState = new(true, 0);
            socket.Dispose();
            return Task.CompletedTask;
        };
        await StartAsync(null, null, null);

        var finished = await SendAsync(null);

        // A reset may overtake the news that the connection stands.
        Assert.That(finished.Result.FailureReason, resets ? Is.AnyOf("connection_closed", "connect_failed") : Is.EqualTo("connection_closed"));
        Assert.That(finished.Verdict.Status, Is.EqualTo(AttemptStatus.Failed));
        Assert.That(host!.Log, Is.Empty);
    }

    [TestCase("")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npa")]
    public async Task One_that_closes_early(string answer)
    {
        receiver.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, answer);
            await stream.DisposeAsync();
        };
        await FailsAsync("connection_closed");
    }

    [Test]
    public async Task One_that_closes_while_a_large_body_is_on_its_way()
    {
        receiver.OnConnect = async socket =>
        {
            var buffer = new byte[1024];
            await socket.ReceiveAsync(buffer);
            socket.LingerState = new(true, 0);
            socket.Dispose();
        };
        await FailsAsync("connection_closed", body: new byte[8 * 1024 * 1024]);
    }

    [TestCase("Hello, this is no HTTP.\r\n\r\n", "invalid_response")]
    [TestCase("SSH-2.0-OpenSSH_9.9\r\n", "invalid_response")]
    [TestCase("HTTP/1.1 abc OK\r\n\r\n", "invalid_response")]
    [TestCase("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "invalid_response")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a length\r\n", "invalid_response")]
    [TestCase("\0\0\0\0\0\0\0\0\0\0\0\0\r\n\r\n", "invalid_response")]
    public async Task One_that_speaks_no_http(string answer, string reason)
    {
        receiver.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, answer);
            await stream.DisposeAsync();
        };
        await FailsAsync(reason);
    }

    [Test]
    public async Task One_whose_head_is_too_large([Values] bool forEver)
    {
        receiver.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, "HTTP/1.1 200 OK\r\n");
            do
                await Receiver.AnswerAsync(stream, $"X-Large: {new string('x', 64 * 1024)}\r\n");
            while (forEver);
            await Receiver.AnswerAsync(stream, "Content-Length: 0\r\n\r\n");
        };
        await FailsAsync("response_too_large");
    }

    [Test]
    public async Task One_that_redirects_is_not_followed([Values(301, 302, 303, 307, 308)] int status)
    {
        using var elsewhere = new Receiver();
        receiver.Answers($"HTTP/1.1 {status} X\r\nLocation: {elsewhere.Url}\r\nContent-Length: 0\r\n\r\n");

        var finished = await SendAsync();

        Assert.That(finished.Result, Is.EqualTo(AttemptResult.Answered(status)));
        Assert.That(finished.Verdict.Status, Is.EqualTo(AttemptStatus.Failed));
        Assert.That(elsewhere.Bytes, Is.Empty);
    }

    [Test]
    public async Task One_that_is_not_there()
    {
        receiver.Dispose();
        await FailsAsync("connect_failed");
    }

    [Test]
    public async Task One_whose_certificate_nobody_trusts()
    {
        using var certificate = TestCertificate.SelfSigned("receiver.test");
        using var secure = new Receiver(certificate);
        await FailsAsync("tls_failed", url: $"https://127.0.0.1:{secure.Port}/");
        Assert.That(secure.Bytes, Is.All.Zero);
    }

    [Test]
    public async Task One_whose_name_does_not_exist() => await FailsAsync("name_not_resolved", url: "http://nowhere.test/");

    [Test]
    public async Task One_whose_address_is_forbidden()
    {
        receiver.Answers("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");

        var finished = await FailsAsync("forbidden_target", allowed: []);

        Assert.That(finished.ResponseBody, Is.Null);
        Assert.That(receiver.Bytes, Is.Empty);
    }

    [Test]
    public async Task One_whose_name_has_another_address_the_second_time()
    {
        receiver.Answers("HTTP/1.1 500 X\r\nConnection: close\r\nContent-Length: 6\r\n\r\npublic");
        await StartAsync(url: $"http://rebind.test:{receiver.Port}/", allowed: ["127.0.0.1/32"]);
        using var inside = new Receiver(address: IPAddress.Parse("127.0.0.2"), port: receiver.Port);
        host!.Guard.NameServer.InTurn("rebind.test", ["127.0.0.1"], ["127.0.0.2"]);

        var first = await host.SendAsync(host.Claim(attempt: 1));
        var second = await host.SendAsync(host.Claim(attempt: 2));

        Assert.That((first.Result.StatusCode, first.ResponseBody), Is.EqualTo((500, "public")));
        Assert.That(second.Result, Is.EqualTo(AttemptResult.Failed("forbidden_target")));
        Assert.That(second.ResponseBody, Is.Null);
        Assert.That(inside.Bytes, Is.Empty);
        Assert.That(host.Guard.NameServer.CountOfA("rebind.test"), Is.EqualTo(2));
    }

    [Test]
    public async Task One_with_an_allowed_and_a_forbidden_address_gets_nothing()
    {
        await StartAsync(url: $"http://both.test:{receiver.Port}/", allowed: ["127.0.0.1/32"]);
        host!.Guard.NameServer.Has("both.test", "127.0.0.1", "10.0.0.1");

        Assert.That((await host.SendAsync()).Result, Is.EqualTo(AttemptResult.Failed("forbidden_target")));
        Assert.That(host.Guard.Dialled, Is.Empty);
    }

    async Task StartAsync(TimeSpan? timeout = null, string? url = null, string[]? allowed = null) =>
        host = await SenderHost.StartAsync(url ?? receiver.Url, timeout: timeout, allowed: allowed);

    async Task<FinishedAttempt> SendAsync(byte[]? body = null)
    {
        if (host is null)
            await StartAsync();
        return await host!.SendAsync(host.Claim(body));
    }

    /// <summary>That the attempt fails with that reason, that another follows, and that the reason has a name.</summary>
    async Task<FinishedAttempt> FailsAsync(
        string reason,
        TimeSpan? timeout = null,
        string? url = null,
        string[]? allowed = null,
        byte[]? body = null)
    {
        await StartAsync(timeout, url, allowed);
        var finished = await SendAsync(body);
        Assert.That(finished.Result, Is.EqualTo(AttemptResult.Failed(reason)));
        Assert.That(finished.Verdict.Status, Is.EqualTo(AttemptStatus.Failed));
        Assert.That(host!.Log, Is.Empty);
        return finished;
    }
}
