using System.Diagnostics;
using System.Net.Sockets;
using Framelane.Infrastructure.Persistence;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Persistence;

public sealed class FileLockTests
{
    readonly FakeTimeProvider time = new();

    string folder = null!;

    string Path => System.IO.Path.Combine(folder, "a.lock");

    [SetUp]
    public void Prepare() => folder = Directory.CreateTempSubdirectory("framelane-lock").FullName;

    [TearDown]
    public void Clean() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Whoever_comes_second_waits_until_the_first_is_done()
    {
        var first = await AcquireAsync();
        var second = AcquireAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(second.IsCompleted, Is.False);

        await first.DisposeAsync();
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            return second.IsCompleted;
        });
        await (await second).DisposeAsync();
    }

    [Test]
    public async Task What_another_has_for_ten_minutes_is_given_up()
    {
        await using var first = await AcquireAsync();
        var second = AcquireAsync();
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            return second.IsCompleted;
        });
        Assert.That(async () => await second, Throws.InstanceOf<TimeoutException>());
    }

    [Test]
    public async Task Another_process_holds_it_until_it_dies()
    {
        await File.WriteAllTextAsync(Path, "");
        using var holder = Process.Start(new ProcessStartInfo("flock", [Path, "sh", "-c", "echo held; exec sleep 60"]) { RedirectStandardOutput = true })!;
        Assert.That(await holder.StandardOutput.ReadLineAsync(), Is.EqualTo("held"));
        var waiting = AcquireAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(waiting.IsCompleted, Is.False);

        holder.Kill(entireProcessTree: true);
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            return waiting.IsCompleted;
        });
        await (await waiting).DisposeAsync();
    }

    [Test]
    public void What_nobody_has_and_cannot_be_opened_all_the_same_is_not_waited_for()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path));
        Assert.That(File.Exists(Path), Is.True);
        Assert.That(async () => await AcquireAsync().InTimeAsync(), Throws.InstanceOf<IOException>());
    }

    Task<IAsyncDisposable> AcquireAsync() => FileLock.AcquireAsync(Path, time, CancellationToken.None);
}
