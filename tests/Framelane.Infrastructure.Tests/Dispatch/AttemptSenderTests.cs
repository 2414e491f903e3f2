using System.Net;
using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Tests.Signing;
using Stripe;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed class AttemptSenderTests
{
    readonly Receiver receiver = new();
    SenderHost host = null!;

    [SetUp]
    public async Task Start() => host = await SenderHost.StartAsync(receiver.Url);

    [TearDown]
    public async Task Stop()
    {
        await host.DisposeAsync();
        receiver.Dispose();
    }

    [Test]
    public async Task Both_signatures_verify_at_the_receiver()
    {
        await host.SendAsync();

        var request = receiver.Requests.Single();
        SignedBy.Assert(request, KnownSecrets.First);
        EventUtility.ValidateSignature(request.Text, request["Framelane-Signature"], KnownSecrets.First, 300);
        Assert.That(
            () => EventUtility.ValidateSignature(request.Text, request["Framelane-Signature"], KnownSecrets.Second, 300),
            Throws.TypeOf<StripeException>());
    }

    [Test]
    public async Task All_headers_of_the_contract_are_sent_and_no_others()
    {
        var finished = await host.SendAsync(host.Claim(attempt: 3));

        var request = receiver.Requests.Single();
        Assert.That(request.RequestLine, Is.EqualTo("POST /hook HTTP/1.1"));
        Assert.That(
            request.Headers.Keys,
            Is.EquivalentTo(
            [
                "Host", "User-Agent", "Framelane-Event", "Framelane-Delivery", "Framelane-Attempt", "Framelane-Signature",
                "webhook-id", "webhook-timestamp", "webhook-signature", "Content-Type", "Content-Length",
            ]));
        Assert.Multiple(() =>
        {
            Assert.That(request["Host"], Is.EqualTo($"127.0.0.1:{receiver.Port}"));
            Assert.That(request["User-Agent"], Does.Match(@"^Framelane-Webhooks/\d+\.\d+\.\d+$"));
            Assert.That(request["Framelane-Event"], Is.EqualTo("render.completed"));
            Assert.That(request["Framelane-Delivery"], Is.EqualTo("dlv_1"));
            Assert.That(request["Framelane-Attempt"], Is.EqualTo("3"));
            Assert.That(request["webhook-id"], Is.EqualTo("evt_1"));
            Assert.That(request["webhook-timestamp"], Is.EqualTo(finished.StartedAt.ToUnixTimeSeconds().ToString()).Or.EqualTo((finished.StartedAt.ToUnixTimeSeconds() - 1).ToString()));
            Assert.That(request["Content-Type"], Is.EqualTo("application/json"));
        });
    }

    [Test]
    public async Task Each_attempt_sends_the_same_bytes([Values(1, 2048, 2049, 1024 * 1024)] int size)
    {
        var body = new byte[size];
        new Random(size).NextBytes(body);
        await host.SendAsync(host.Claim(body, 1));
        await host.SendAsync(host.Claim(body, 2));

        Assert.That(receiver.Requests.Select(request => request["Framelane-Attempt"]), Is.EqualTo(["1", "2"]));
        Assert.That(receiver.Requests.All(request => request.Body.AsSpan().SequenceEqual(body)));
        foreach (var request in receiver.Requests)
            SignedBy.Assert(request, KnownSecrets.First);
    }

    [Test]
    public async Task What_came_of_it_is_told()
    {
        var before = host.Clock.GetUtcNow();
        var finished = await host.SendAsync();

        Assert.Multiple(() =>
        {
            Assert.That(finished.Result, Is.EqualTo(AttemptResult.Answered(200)));
            Assert.That(finished.Verdict, Is.EqualTo(Verdict.Success));
            Assert.That(finished.ResponseBody, Is.EqualTo("ok"));
            Assert.That(finished.Epoch, Is.EqualTo(host.Node.Snapshots.EpochOf(host.Workspace)));
            Assert.That(finished.Signatures, Is.EqualTo(1));
            Assert.That(finished.StartedAt, Is.GreaterThanOrEqualTo(before));
            Assert.That(finished.EndedAt, Is.GreaterThanOrEqualTo(finished.StartedAt));
        });
    }

    [Test]
    public async Task A_job_s_own_url_is_sent_to()
    {
        var finished = await host.SendAsync(host.Claim(url: $"http://127.0.0.1:{receiver.Port}/mine?job=1"));

        Assert.That(finished.Result.IsSuccess);
        Assert.That(receiver.Requests.Single().RequestLine, Is.EqualTo("POST /mine?job=1 HTTP/1.1"));
    }

    [Test]
    public async Task A_disabled_endpoint_gets_nothing()
    {
        host.Point(receiver.Url, enabled: false);

        Assert.That((await host.TrySendAsync()).Unmade?.State, Is.EqualTo(DeliveryState.EndpointDisabled));
        Assert.That(receiver.Bytes, Is.Empty);
    }

    [Test]
    public async Task Nothing_is_sent_for_an_endpoint_or_a_workspace_that_is_gone([Values] bool workspace)
    {
        if (workspace)
            host.Node.Snapshots.Remove(host.Workspace);
        else
            host.Node.Snapshots.Point(host.Workspace, KnownSecrets.First);

        Assert.That((await host.TrySendAsync()).Unmade?.State, Is.EqualTo(DeliveryState.Cancelled));
        Assert.That(receiver.Bytes, Is.Empty);
    }

    [Test]
    public async Task A_webhook_that_is_younger_than_what_was_read_of_its_workspace_gets_its_first_event([Values] bool created)
    {
        if (created)
            host.Node.Snapshots.Point(host.Workspace, KnownSecrets.First);
        else
            host.Point(receiver.Url, enabled: false);
        using var hold = host.Node.Permits.HoldFresh(host.Workspace);
        await hold.GetAsync(CancellationToken.None);

        // Committed, while the barrier still waits; an event is written, and another node wakes this one.
        host.Point(receiver.Url);
        var finished = await host.SendAsync();

        Assert.That(finished.Result.IsSuccess);
        Assert.That(finished.Epoch, Is.EqualTo(host.Node.Snapshots.EpochOf(host.Workspace)));
    }

    [TestCase("1", 1)]
    [TestCase("86400", 86_400)]
    [TestCase("0", 0)]
    public async Task Retry_after_in_seconds_is_read(string value, int seconds)
    {
        receiver.Answers($"HTTP/1.1 429 X\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n");

        Assert.That((await host.SendAsync()).Result, Is.EqualTo(AttemptResult.Answered(429, TimeSpan.FromSeconds(seconds))));
    }

    [Test]
    public async Task Retry_after_as_a_date_is_counted_from_now()
    {
        var date = host.Clock.GetUtcNow() + TimeSpan.FromHours(3);
        receiver.Answers($"HTTP/1.1 503 X\r\nRetry-After: {date:R}\r\nContent-Length: 0\r\n\r\n");

        var finished = await host.SendAsync();

        Assert.That(finished.Result.RetryAfter, Is.EqualTo(TimeSpan.FromHours(3)).Within(TimeSpan.FromSeconds(30)));
        Assert.That(finished.Verdict.NextAttemptAt, Is.EqualTo(date).Within(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task A_retry_after_that_is_nonsense_changes_nothing([Values("soon", "-5", "99999999999999999999")] string value)
    {
        receiver.Answers($"HTTP/1.1 503 X\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n");

        var finished = await host.SendAsync();

        Assert.That(finished.Result.StatusCode, Is.EqualTo(503));
        Assert.That(finished.Verdict.NextAttemptAt - finished.EndedAt, Is.InRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5)));
    }

    [Test]
    public async Task A_shutdown_is_no_answer_and_no_failure()
    {
        using var stop = new CancellationTokenSource();
        receiver.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
            await stop.CancelAsync();
        };

        Assert.That(() => host.Sender.SendAsync(host.Claim(), null, stop.Token).InTimeAsync(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Only_200_to_299_is_a_success([Values(200, 204, 299, 301, 307, 400, 404, 410, 429, 500, 503)] int status)
    {
        receiver.Answers(status);

        var finished = await host.SendAsync();

        Assert.That(finished.Result, Is.EqualTo(AttemptResult.Answered(status)));
        Assert.That(finished.Result.IsSuccess, Is.EqualTo(status < 300));
        Assert.That(finished.Verdict.Status, Is.EqualTo(status < 300 ? AttemptStatus.Succeeded : status == (int)HttpStatusCode.Gone ? AttemptStatus.DeadLettered : AttemptStatus.Failed));
    }
}
