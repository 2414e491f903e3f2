using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Framelane.Infrastructure.Tests.Storage;

public sealed class StorageHealthTests
{
    [TestCase(true, HealthStatus.Healthy)]
    [TestCase(false, HealthStatus.Degraded)]
    public async Task Without_room_it_goes_on_with_less(bool hasRoom, HealthStatus status)
    {
        using var health = new StorageHealth(Mock.Of<IObjectStorage>(), Mock.Of<IFreeSpace>(space => space.HasRoom() == hasRoom), TimeProvider.System);
        Assert.That((await health.CheckHealthAsync(new())).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task While_storage_hangs_no_other_look_is_begun()
    {
        var (looks, answers) = (0, new TaskCompletionSource());
        var storage = new Mock<IObjectStorage>();
        storage.Setup(port => port.CheckAsync(It.IsAny<CancellationToken>())).Returns(() =>
        {
            Interlocked.Increment(ref looks);
            return answers.Task;
        });
        var time = new FakeTimeProvider();
        using var health = new StorageHealth(storage.Object, Mock.Of<IFreeSpace>(space => space.HasRoom()), time);
        for (var i = 0; i < 5; i++)
        {
            var check = health.CheckHealthAsync(new());
            await Eventually.HoldsAsync(() => Volatile.Read(ref looks) > 0);

            // Were another one begun, it would be there by now.
            await Task.Delay(50);
            time.Advance(TimeSpan.FromSeconds(5));
            Assert.That((await check.InTimeAsync()).Status, Is.EqualTo(HealthStatus.Unhealthy));
            time.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.That(looks, Is.EqualTo(1), "each would hold a thread");
        answers.SetResult();
        Assert.That((await health.CheckHealthAsync(new())).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task Storage_that_fails_is_not_healthy_whatever_room_there_is()
    {
        var storage = new Mock<IObjectStorage>();
        storage.Setup(port => port.CheckAsync(It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("Read-only file system"));
        using var health = new StorageHealth(storage.Object, Mock.Of<IFreeSpace>(), TimeProvider.System);
        Assert.That((await health.CheckHealthAsync(new())).Status, Is.EqualTo(HealthStatus.Unhealthy));
    }
}
