using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Framelane.Infrastructure.Outbound;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Outbound;

public sealed class AddressRaceTests
{
    private static readonly IPAddress s_a = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_b = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress s_six = IPAddress.Parse("2001:db8::1");

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<IPAddress> _order = new();
    private readonly ConcurrentDictionary<IPAddress, TaskCompletionSource<Stream>> _dials = new();

    [SetUp]
    public void SetUp()
    {
        _order.Clear();
        _dials.Clear();
    }

    [Test]
    public async Task Families_take_turns_and_a_failure_starts_the_next_at_once()
    {
        var race = RunAsync(s_a, s_b, s_six);

        Fail(s_six);
        await StartedAsync(2);
        Fail(s_a);
        await StartedAsync(3);
        var winner = Win(s_b);

        Assert.That(await race, Is.SameAs(winner));
        Assert.That(_order, Is.EqualTo([s_six, s_a, s_b]));
    }

    [Test]
    public async Task A_slow_address_loses_its_head_start_after_a_quarter_of_a_second()
    {
        var race = RunAsync(s_a, s_b);

        _time.Advance(TimeSpan.FromMilliseconds(249));
        await Task.Delay(20);
        Assert.That(_order, Is.EqualTo([s_a]));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await StartedAsync(2);
        var winner = Win(s_b);
        Assert.That(await race, Is.SameAs(winner));
    }

    [Test]
    public async Task A_loser_that_connects_late_is_closed()
    {
        var race = RunAsync(s_a, s_b);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        await StartedAsync(2);
        Win(s_b);
        await race;

        var late = Win(s_a);

        await UntilAsync(() => !late.CanRead);
    }

    [Test]
    public void When_all_fail_the_first_fault_is_told()
    {
        var race = RunAsync(s_a, s_b);
        Fail(s_a, SocketError.HostUnreachable);
        Assert.That(async () =>
        {
            await StartedAsync(2);
            Fail(s_b, SocketError.ConnectionRefused);
            await race;
        }, Throws.TypeOf<SocketException>().With.Property(nameof(SocketException.SocketErrorCode)).EqualTo(SocketError.HostUnreachable));
    }

    [Test]
    public void At_most_eight_addresses_are_dialled()
    {
        var many = Enumerable.Range(1, 100).Select(i => new IPAddress([192, 0, 2, (byte)i])).ToArray();
        var race = new AddressRace((endPoint, _) =>
        {
            _order.Enqueue(endPoint.Address);
            throw new SocketException((int)SocketError.ConnectionRefused);
        }, _time);

        Assert.That(() => race.RunAsync(many, 443, default), Throws.TypeOf<SocketException>());
        Assert.That(_order, Has.Count.EqualTo(8));
    }

    [Test]
    public void Cancellation_ends_the_race()
    {
        using var stop = new CancellationTokenSource();
        var race = new AddressRace(async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return Stream.Null;
        }, _time).RunAsync([s_a, s_b], 443, stop.Token);

        stop.Cancel();

        Assert.That(() => race, Throws.InstanceOf<OperationCanceledException>());
    }

    private Task<Stream> RunAsync(params IPAddress[] addresses) => new AddressRace((endPoint, _) =>
    {
        _order.Enqueue(endPoint.Address);
        return new ValueTask<Stream>(Dial(endPoint.Address).Task);
    }, _time).RunAsync(addresses, 443, default);

    private TaskCompletionSource<Stream> Dial(IPAddress address) =>
        _dials.GetOrAdd(address, _ => new TaskCompletionSource<Stream>(TaskCreationOptions.RunContinuationsAsynchronously));

    private MemoryStream Win(IPAddress address)
    {
        var stream = new MemoryStream();
        Dial(address).SetResult(stream);
        return stream;
    }

    private void Fail(IPAddress address, SocketError error = SocketError.ConnectionRefused) =>
        Dial(address).SetException(new SocketException((int)error));

    private Task StartedAsync(int count) => UntilAsync(() => _order.Count == count);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition()) await Task.Delay(TimeSpan.FromMilliseconds(2), limit.Token);
    }
}
