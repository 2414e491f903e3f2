using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Framelane.Infrastructure.Outbound;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Outbound;

public sealed class AddressRaceTests
{
    static readonly IPAddress A = IPAddress.Parse("192.0.2.1");
    static readonly IPAddress B = IPAddress.Parse("192.0.2.2");
    static readonly IPAddress Six = IPAddress.Parse("2001:db8::1");

    readonly FakeTimeProvider time = new();
    readonly ConcurrentQueue<IPAddress> order = new();
    readonly ConcurrentDictionary<IPAddress, TaskCompletionSource<Stream>> dials = new();

    [SetUp]
    public void SetUp()
    {
        order.Clear();
        dials.Clear();
    }

    [Test]
    public async Task Families_take_turns_and_a_failure_starts_the_next_at_once()
    {
        var race = RunAsync(A, B, Six);

        Fail(Six);
        await StartedAsync(2);
        Fail(A);
        await StartedAsync(3);
        var winner = Win(B);

        Assert.That(await race, Is.SameAs(winner));
        Assert.That(order, Is.EqualTo([Six, A, B]));
    }

    [Test]
    public async Task A_slow_address_loses_its_head_start_after_a_quarter_of_a_second()
    {
        var race = RunAsync(A, B);

        time.Advance(TimeSpan.FromMilliseconds(249));
        await Task.Delay(20);
        Assert.That(order, Is.EqualTo([A]));

        time.Advance(TimeSpan.FromMilliseconds(1));
        await StartedAsync(2);
        var winner = Win(B);
        Assert.That(await race, Is.SameAs(winner));
    }

    [Test]
    public async Task A_loser_that_connects_late_is_closed()
    {
        var race = RunAsync(A, B);
        time.Advance(TimeSpan.FromMilliseconds(250));
        await StartedAsync(2);
        Win(B);
        await race;

        var late = Win(A);

        await UntilAsync(() => !late.CanRead);
    }

    [Test]
    public void When_all_fail_the_first_fault_is_told()
    {
        var race = RunAsync(A, B);
        Fail(A, SocketError.HostUnreachable);
        Assert.That(async () =>
        {
            await StartedAsync(2);
            Fail(B, SocketError.ConnectionRefused);
            await race;
        }, Throws.TypeOf<SocketException>().With.Property(nameof(SocketException.SocketErrorCode)).EqualTo(SocketError.HostUnreachable));
    }

    [Test]
    public void At_most_eight_addresses_are_dialled()
    {
        var many = Enumerable.Range(1, 100).Select(i => new IPAddress([192, 0, 2, (byte)i])).ToArray();
        var race = new AddressRace((endPoint, _) =>
        {
            order.Enqueue(endPoint.Address);
            throw new SocketException((int)SocketError.ConnectionRefused);
        }, time);

        Assert.That(() => race.RunAsync(many, 443, default), Throws.TypeOf<SocketException>());
        Assert.That(order, Has.Count.EqualTo(8));
    }

    [Test]
    public void Cancellation_ends_the_race()
    {
        using var stop = new CancellationTokenSource();
        var race = new AddressRace(async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return Stream.Null;
        }, time).RunAsync([A, B], 443, stop.Token);

        stop.Cancel();

        Assert.That(() => race, Throws.InstanceOf<OperationCanceledException>());
    }

    Task<Stream> RunAsync(params IPAddress[] addresses) => new AddressRace((endPoint, _) =>
    {
        order.Enqueue(endPoint.Address);
        return new ValueTask<Stream>(Dial(endPoint.Address).Task);
    }, time).RunAsync(addresses, 443, default);

    TaskCompletionSource<Stream> Dial(IPAddress address) =>
        dials.GetOrAdd(address, _ => new TaskCompletionSource<Stream>(TaskCreationOptions.RunContinuationsAsynchronously));

    MemoryStream Win(IPAddress address)
    {
        var stream = new MemoryStream();
        Dial(address).SetResult(stream);
        return stream;
    }

    void Fail(IPAddress address, SocketError error = SocketError.ConnectionRefused) =>
        Dial(address).SetException(new SocketException((int)error));

    Task StartedAsync(int count) => UntilAsync(() => order.Count == count);

    static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(2), limit.Token);
    }
}
