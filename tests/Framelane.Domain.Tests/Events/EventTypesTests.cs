using Framelane.Domain.Events;

namespace Framelane.Domain.Tests.Events;

public sealed class EventTypesTests
{
    static readonly string[] Contract =
    [
        "render.queued", "render.processing", "render.progress", "render.completed", "render.failed", "render.cancelled",
        "task.queued", "task.processing", "task.progress", "task.completed", "task.failed", "task.cancelled",
        "asset.ready", "webhook.ping",
    ];

    [Test]
    public void All_IsTheContractsListInItsOrder() => Assert.That(EventTypes.All, Is.EqualTo(Contract));

    [Test]
    public void IsKnown_OfEveryOneOfThem_IsTrue() => Assert.That(Contract.Select(EventTypes.IsKnown), Is.All.True);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("*")]
    [TestCase("render")]
    [TestCase("render.ready")]
    [TestCase("Render.Completed")]
    [TestCase("render.completed ")]
    [TestCase("asset.queued")]
    public void IsKnown_OfAnythingElse_IsFalse(string? type) => Assert.That(EventTypes.IsKnown(type), Is.False);
}
