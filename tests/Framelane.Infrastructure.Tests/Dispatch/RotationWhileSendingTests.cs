using System.Net.Sockets;
using System.Text;
using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Tests.Outbound;
using Framelane.Infrastructure.Tests.Signing;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>What an attempt carries when a rotation, a grace or a change of its endpoint falls into it.</summary>
public sealed class RotationWhileSendingTests
{
    readonly Receiver receiver = new();
    SenderHost host = null!;

    [SetUp]
    public async Task Start() => host = await SenderHost.StartAsync(receiver.Url, TimeSpan.FromSeconds(1));

    [TearDown]
    public async Task Stop()
    {
        await host.DisposeAsync();
        receiver.Dispose();
    }

    [Test]
    public async Task A_retry_after_a_rotation_is_signed_with_the_new_secret()
    {
        receiver.Answers(500, 200);
        var before = await host.SendAsync(host.Claim(attempt: 1));
        await host.RotateAsync();
        var after = await host.SendAsync(host.Claim(attempt: 2));

        SignedBy.Assert(receiver.Requests[0], KnownSecrets.First);
        SignedBy.Assert(receiver.Requests[1], KnownSecrets.Second);
        Assert.That(after.Epoch, Is.EqualTo(before.Epoch + 1));
    }

    [Test]
    public async Task In_a_grace_both_secrets_sign_the_new_one_first()
    {
        await host.RotateAsync(host.Clock.GetUtcNow() + TimeSpan.FromHours(1));

        var finished = await host.SendAsync();

        SignedBy.Assert(receiver.Requests.Single(), KnownSecrets.Second, KnownSecrets.First);
        Assert.That((finished.Epoch, finished.Signatures), Is.EqualTo((host.Node.Snapshots.EpochOf(host.Workspace), 2)));
    }

    [Test]
    public async Task A_grace_that_ends_while_the_connection_is_made_is_over()
    {
        await host.RotateAsync(host.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        host.Guard.OnDial = _ =>
        {
            host.Clock.Advance(TimeSpan.FromHours(1));
            return Task.CompletedTask;
        };

        var finished = await host.SendAsync();

        SignedBy.Assert(receiver.Requests.Single(), KnownSecrets.Second);
        Assert.That(finished.Signatures, Is.EqualTo(1));
    }

    [Test]
    public async Task A_rotation_while_the_connection_is_made_is_followed()
    {
        OnFirstDial(() => host.RotateAsync());

        var finished = await host.SendAsync();

        SignedBy.Assert(receiver.Requests.Single(), KnownSecrets.Second);
        Assert.That(finished.Epoch, Is.EqualTo(host.Node.Snapshots.EpochOf(host.Workspace)));
    }

    [Test]
    public async Task A_slow_connect_costs_no_permit()
    {
        host.Guard.OnDial = async _ =>
        {
            var began = TimeProvider.System.GetTimestamp();
            await Eventually.HoldsAsync(() => TimeProvider.System.GetElapsedTime(began) > host.Node.Options.PermitLifetime * 2);
        };

        await host.SendAsync();

        Assert.That(host.Guard.Dialled, Has.Count.EqualTo(1));
        Assert.That(receiver.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_time_that_is_signed_is_that_of_sending()
    {
        host.Guard.OnDial = _ =>
        {
            host.Clock.Advance(TimeSpan.FromMinutes(10));
            return Task.CompletedTask;
        };

        var finished = await host.SendAsync();

        var t = DateTimeOffset.FromUnixTimeSeconds(long.Parse(receiver.Requests.Single()["webhook-timestamp"]));
        Assert.That(t, Is.EqualTo(finished.StartedAt).Within(TimeSpan.FromSeconds(30)));
        Assert.That(t, Is.GreaterThan(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(9)));
    }

    [Test]
    public async Task A_webhook_that_moves_while_the_connection_is_made_gets_it_at_its_new_address()
    {
        using var moved = new Receiver();
        OnFirstDial(() => PointAsync(moved.Url));

        await host.SendAsync();

        Assert.That(receiver.Bytes, Is.All.Zero);
        Assert.That(moved.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_webhook_that_is_disabled_while_the_connection_is_made_gets_nothing()
    {
        OnFirstDial(() => PointAsync(receiver.Url, enabled: false));

        Assert.That((await host.TrySendAsync()).Unmade?.State, Is.EqualTo(DeliveryState.EndpointDisabled));
        Assert.That(receiver.Bytes, Is.All.Zero);
    }

    [Test]
    public async Task A_webhook_that_is_deleted_while_the_connection_is_made_gets_nothing()
    {
        OnFirstDial(() =>
        {
            host.Node.Snapshots.Point(host.Workspace, KnownSecrets.First);
            return PassBarrierAsync();
        });

        Assert.That((await host.TrySendAsync()).Unmade?.State, Is.EqualTo(DeliveryState.Cancelled));
        Assert.That(receiver.Bytes, Is.All.Zero);
    }

    [Test]
    public async Task A_pooled_connection_that_the_receiver_closes_is_used_no_more()
    {
        await host.SendAsync(host.Claim(attempt: 1));
        receiver.OnRequest = (_, stream) =>
        {
            receiver.Answers(Receiver.Ok);
            return stream.DisposeAsync().AsTask();
        };
        var closed = await host.SendAsync(host.Claim(attempt: 2));
        await host.RotateAsync();
        await host.SendAsync(host.Claim(attempt: 3));

        Assert.That(closed.Result, Is.EqualTo(AttemptResult.Failed("connection_closed")));
        SignedBy.Assert(receiver.Requests[1], KnownSecrets.First);
        SignedBy.Assert(receiver.Requests[2], KnownSecrets.Second);
        Assert.That(receiver.Bytes, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_receiver_that_reads_slowly_holds_back_no_rotation()
    {
        // What it does not read fills the buffers of both sockets, and the rest of the body waits.
        var reads = new TaskCompletionSource();
        Socket? socket = null;
        receiver.OnConnect = connected =>
        {
            connected.ReceiveBufferSize = 4096;
            socket = connected;
            return reads.Task;
        };
        var sending = host.TrySendAsync(host.Claim(new byte[16 * 1024 * 1024]));
        await Eventually.HoldsAsync(() => socket?.Available > 0);

        await host.RotateAsync().InTimeAsync();

        Assert.That(sending.IsCompleted, Is.False);

        // All of it would take until the attempt's time is over.
        socket!.Dispose();
        reads.SetResult();
        await sending;
    }

    [Test]
    public async Task A_receiver_that_answers_and_never_reads_holds_back_no_rotation([Values] bool tls)
    {
        using var certificate = TestCertificate.SelfSigned("receiver.test");
        using var deaf = new Receiver(tls ? certificate : null);
        await using var patient = await SenderHost.StartAsync($"{(tls ? "https" : "http")}://receiver.test:{deaf.Port}", timeout: TimeSpan.FromHours(1), configure: handler =>
        {
            TestCertificate.Trust(handler, certificate);
            var connect = handler.ConnectCallback!;
            handler.ConnectCallback = async (context, cancellationToken) =>
            {
                var stream = (NetworkStream)await connect(context, cancellationToken);
                stream.Socket.SendBufferSize = 4096;
                return stream;
            };
        });
        patient.Guard.NameServer.Has("receiver.test", "127.0.0.1");
        Stream? answers = null;
        deaf.OnConnect = connected =>
        {
            connected.ReceiveBufferSize = 4096;
            return Task.CompletedTask;
        };
        deaf.OnRequest = async (_, stream) =>
        {
            // The first is the last that it reads. Not written to by two at once, which a stream of TLS does not take.
            await Receiver.AnswerAsync(stream, Receiver.Ok);
            Volatile.Write(ref answers, stream);
            await Task.Delay(Timeout.Infinite);
        };
        var reads = 0;
        patient.Clock.OnRead = () =>
        {
            // An attempt reads when it begins, is signed, starts and ends.
            if (Interlocked.Increment(ref reads) % 4 == 3)
                Volatile.Read(ref answers)?.Write(Encoding.ASCII.GetBytes(Receiver.Ok));
        };

        FinishedAttempt finished;
        do
            finished = await patient.SendAsync(patient.Claim(new byte[2000]));
        while (finished.Result.IsSuccess);

        Assert.That(finished.Result, Is.EqualTo(AttemptResult.Failed("timeout")));
        Assert.That((finished.Signatures, reads % 4), Is.EqualTo((1, 0)), "it had begun");
        patient.Clock.OnRead = () => { };
        await patient.RotateAsync().InTimeAsync();
        await patient.SendAsync();
        Assert.That(deaf.Requests, Has.Count.EqualTo(2));
        SignedBy.Assert(deaf.Requests[1], KnownSecrets.Second);
        Assert.That(deaf.Bytes, Has.Count.EqualTo(2));
    }

    void OnFirstDial(Func<Task> change)
    {
        var dials = 0;
        host.Guard.OnDial = _ => Interlocked.Increment(ref dials) == 1 ? change() : Task.CompletedTask;
    }

    Task PointAsync(string url, bool enabled = true)
    {
        host.Point(url, enabled);
        return PassBarrierAsync();
    }

    Task PassBarrierAsync() => host.Node.Barrier.PassAsync(host.Workspace, host.Node.Snapshots.EpochOf(host.Workspace), CancellationToken.None);
}
