using Framelane.Application.Common;
using Framelane.Application.Deliveries;
using Framelane.Application.Deliveries.List;
using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;
using Moq;

namespace Framelane.Application.Tests.Deliveries;

public sealed class ListDeliveriesTests
{
    static readonly PageRequest Page = new(20, "att_5");

    readonly Application app = new();

    [Test]
    public async Task List_OfAWebhook_PassesEveryFilterAndThePageOn()
    {
        var attempts = new Page<AttemptResponse>([], "att_1");
        app.Deliveries
            .Setup(port => port.ListAttemptsAsync(
                app.Workspace.Id,
                new AttemptFilter(app.Webhook.Id, AttemptStatus.Failed, "render.failed", "render_1"),
                Page,
                It.IsAny<CancellationToken>()))
            .ReturnsAsync(attempts);

        var answer = await app.Send(
            new ListDeliveriesQuery(app.Workspace.Id, app.Webhook.Id.Value, AttemptStatus.Failed, "render.failed", "render_1", Page));

        Assert.That(answer.Value, Is.SameAs(attempts));
    }

    [Test]
    public async Task List_OfTheWorkspace_ShowsAllOfIt()
    {
        var attempts = new Page<AttemptResponse>([], null);
        app.Deliveries
            .Setup(port => port.ListAttemptsAsync(app.Workspace.Id, new AttemptFilter(null, null, null, null), Page, It.IsAny<CancellationToken>()))
            .ReturnsAsync(attempts);

        var answer = await app.Send(new ListDeliveriesQuery(app.Workspace.Id, null, null, null, null, Page));

        Assert.That(answer.Value, Is.SameAs(attempts));
    }

    [Test]
    public async Task List_OfAForeignWebhook_IsNotFoundAndReadsNothing()
    {
        var answer = await app.Send(new ListDeliveriesQuery(app.Workspace.Id, app.AddForeignWebhook().Id.Value, null, null, null, Page));

        Assert.That(answer.Error, Is.EqualTo(new Error("not_found", "Webhook not found.")));
        app.Deliveries.VerifyNoOtherCalls();
    }
}
