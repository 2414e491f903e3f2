using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
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
    public async Task Storage_that_fails_is_not_healthy_whatever_room_there_is()
    {
        var storage = new Mock<IObjectStorage>();
        storage.Setup(port => port.CheckAsync(It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("Read-only file system"));
        using var health = new StorageHealth(storage.Object, Mock.Of<IFreeSpace>(), TimeProvider.System);
        Assert.That((await health.CheckHealthAsync(new())).Status, Is.EqualTo(HealthStatus.Unhealthy));
    }
}
