using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Framelane.Infrastructure.Tests.Outbound;
using Framelane.Infrastructure.Tests.Signing;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>
/// That nothing leaves without a good permit, on every kind of connection and with heads and bodies of every size. The sender relies on the
/// order in which a handler works (docs/adr/0004): an update that changes it fails here.
/// </summary>
public sealed class StalePermitTests
{
    const int Large = 1024 * 1024;

    /// <summary>A head beyond every buffer that a handler begins with.</summary>
    const int LargeHead = 16 * 1024;

    SenderHost? host;
    Receiver? receiver;

    [TearDown]
    public async Task Stop()
    {
        if (host is not null)
            await host.DisposeAsync();
        receiver?.Dispose();
    }

    [Test]
    public async Task On_a_new_connection([Values(10, 2049, 5000, Large)] int body, [Values(0, LargeHead)] int head, [Values(1, 3)] int tries)
    {
        await StartAsync(head);
        host!.SpoilPermits(tries);

        await SendAsync(body);

        Assert.That(receiver!.Bytes.SkipLast(1), Is.EqualTo(new long[tries]));
    }

    [Test]
    public async Task On_a_pooled_connection([Values(10, 2049, Large)] int body, [Values(0, LargeHead)] int head)
    {
        await StartAsync(head);
        await SendAsync(body);
        var before = receiver!.Bytes.Single();
        host!.SpoilPermits(1);

        await SendAsync(body);

        Assert.That(receiver.Bytes, Has.Count.EqualTo(2));
        Assert.That(receiver.Bytes[0], Is.EqualTo(before));
        Assert.That(receiver.Bytes[1], Is.GreaterThan(body));
    }

    [Test]
    public async Task On_a_tls_connection([Values(10, 2049, Large)] int body, [Values(0, LargeHead)] int head, [Values] bool pooled)
    {
        using var certificate = TestCertificate.SelfSigned("receiver.test");
        await StartAsync(head, certificate, handler => TestCertificate.Trust(handler, certificate));
        if (pooled)
            await SendAsync(body);
        var before = pooled ? receiver!.Bytes.Single() : 0;
        host!.SpoilPermits(1);

        await SendAsync(body);

        Assert.That(receiver!.Bytes, Has.Count.EqualTo(2));
        Assert.That(receiver.Bytes[0], Is.EqualTo(before));
        Assert.That(receiver.Bytes[1], Is.GreaterThan(body));
    }

    [Test]
    public async Task In_a_queue_for_one_of_few_connections([Values(10, 2049, Large)] int body, [Values(0, LargeHead)] int head)
    {
        await StartAsync(head, configure: handler => handler.MaxConnectionsPerServer = 1);
        using var turns = new SemaphoreSlim(0);
        receiver!.WaitsFor(turns);
        var first = host!.TrySendAsync(host.Claim(new byte[body], 1));
        await Eventually.HoldsAsync(() => receiver.Running == 1);
        var before = receiver.Bytes.Single();
        var queued = host.TrySendAsync(host.Claim(new byte[body], 2));

        await host.RotateAsync();
        turns.Release(2);
        await Task.WhenAll(first, queued);

        Assert.That(receiver.Bytes[0], Is.EqualTo(before));
        SignedBy.Assert(receiver.Requests[0], KnownSecrets.First);
        SignedBy.Assert(receiver.Requests[1], KnownSecrets.Second);
    }

    [Test]
    public async Task On_a_connection_that_came_free_while_another_was_being_made([Values(10, Large)] int body)
    {
        await StartAsync();
        using var turns = new SemaphoreSlim(0);
        receiver!.WaitsFor(turns);
        var first = host!.TrySendAsync(host.Claim(new byte[body], 1));
        await Eventually.HoldsAsync(() => receiver.Running == 1);
        var before = receiver.Bytes.Single();
        var dialled = new TaskCompletionSource();
        host.Guard.OnDial = _ => dialled.Task;
        var second = host.TrySendAsync(host.Claim(new byte[body], 2));

        await host.RotateAsync();
        turns.Release(2);
        await first;
        dialled.SetResult();
        await second;

        Assert.That(receiver.Bytes[0], Is.EqualTo(before));
        SignedBy.Assert(receiver.Requests[1], KnownSecrets.Second);
    }

    [Test]
    public async Task A_permit_that_is_too_old_serves_nothing()
    {
        var lifetime = TimeSpan.FromMilliseconds(300);
        await StartAsync(lifetime: lifetime);
        var reads = 0;
        host!.Clock.OnRead = () =>
        {
            // Between choosing the permit and the first byte more than a lifetime goes by.
            var began = TimeProvider.System.GetTimestamp();
            if (Interlocked.Increment(ref reads) == 2)
                SpinWait.SpinUntil(() => TimeProvider.System.GetElapsedTime(began) > lifetime);
        };

        await SendAsync(10);

        Assert.That(receiver!.Bytes[0], Is.Zero);
    }

    [Test]
    public async Task An_attempt_that_never_gets_a_good_permit_is_given_up_in_its_time_and_sends_nothing()
    {
        var time = new FakeTimeProvider();
        await StartAsync(time: time);
        var timeout = host!.Node.Options.Timeout;
        host.Guard.OnDial = dial =>
        {
            // Nothing that is read at the moment of a closing counts, and here it lasts until the next dial.
            time.Advance(timeout / 4);
            _ = host.Node.Gate.CloseAsync(host.Workspace);
            return Task.CompletedTask;
        };

        Assert.That(() => host.TrySendAsync(), Throws.TypeOf<TimeoutException>().With.Message.StartWith("No permit"));
        Assert.That(receiver!.Bytes, Is.EqualTo(new long[4]));
    }

    [Test]
    public async Task A_database_that_does_not_answer_is_not_waited_for_beyond_an_attempt_s_time()
    {
        var time = new WatchedTime();
        await StartAsync(time: time);
        var never = new TaskCompletionSource();
        host!.Node.Snapshots.OnReadEpochs = () => never.Task;

        var sending = host.Sender.SendAsync(host.Claim(), null, CancellationToken.None);
        await Eventually.HoldsAsync(() => time.Awaited.Contains(host.Node.Options.Timeout));
        time.Advance(host.Node.Options.Timeout);
        await Eventually.HoldsAsync(() => sending.IsCompleted);

        Assert.That(() => sending, Throws.TypeOf<TimeoutException>());
        Assert.That(receiver!.Bytes, Is.Empty);
        never.SetResult();
    }

    [Test]
    public async Task What_the_database_takes_for_a_permit_is_not_taken_from_the_receiver()
    {
        var time = new WatchedTime();
        await StartAsync(time: time);
        var almost = host!.Node.Options.Timeout - TimeSpan.FromMilliseconds(1);
        var read = new TaskCompletionSource();
        host.Node.Snapshots.OnReadEpochs = () => read.Task;
        receiver!.OnRequest = (_, stream) =>
        {
            time.Advance(almost);
            return Receiver.AnswerAsync(stream, Receiver.Ok);
        };

        var sending = host.SendAsync();
        await Eventually.HoldsAsync(() => time.Awaited.Contains(host.Node.Options.Timeout));
        time.Advance(almost);
        read.SetResult();

        Assert.That((await sending).Result.IsSuccess);
    }

    async Task StartAsync(
        int head = 0,
        X509Certificate2? certificate = null,
        Action<SocketsHttpHandler>? configure = null,
        TimeSpan? lifetime = null,
        TimeProvider? time = null)
    {
        receiver = new(certificate);
        var scheme = certificate is null ? "http" : "https";
        host = await SenderHost.StartAsync($"{scheme}://receiver.test:{receiver.Port}/hook?{new string('x', head)}", lifetime, configure: configure, time: time);
        host.Guard.NameServer.Has("receiver.test", "127.0.0.1");
    }

    /// <summary>Sends it, and sees that it arrived once, signed and whole.</summary>
    async Task SendAsync(int size)
    {
        var (already, body) = (receiver!.Requests.Count, new byte[size]);
        new Random(size).NextBytes(body);

        var finished = await host!.SendAsync(host.Claim(body));

        Assert.That(finished.Result.IsSuccess);
        var request = receiver.Requests.Skip(already).Single();
        Assert.That(request.Body.AsSpan().SequenceEqual(body));
        SignedBy.Assert(request, KnownSecrets.First);
    }

    /// <summary>A clock that the test moves on, and that tells what is waited for.</summary>
    sealed class WatchedTime : FakeTimeProvider
    {
        /// <summary>The times after which something is to happen.</summary>
        public ConcurrentQueue<TimeSpan> Awaited { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Awaited.Enqueue(dueTime);
            return timer;
        }
    }
}
