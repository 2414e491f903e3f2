using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Deliveries;

public sealed class LaneKeyTests
{
    static readonly WorkspaceId Workspace = WorkspaceId.FromStored("ws_01ARYZ6S41TSV4RRFFQ69G5FAV");

    // printf '%s' 'ws_01ARYZ6S41TSV4RRFFQ69G5FAV https://example.com/' | sha256sum | cut -c1-40
    [Test]
    public void OfUrl_IsStable_ForItIsStored() =>
        Assert.That(LaneKey.OfUrl(Workspace, "https://example.com/"), Is.EqualTo("url_e88ab5a9dafd63213dff853f9913fd923f0a5614"));

    [Test]
    public void OfUrl_TellsWorkspacesAndUrlsApart()
    {
        string[] lanes =
        [
            LaneKey.OfUrl(Workspace, "https://example.com/"),
            LaneKey.OfUrl(Workspace, "https://example.com/a"),
            LaneKey.OfUrl(WorkspaceId.FromStored("ws_01ARYZ6S41TSV4RRFFQ69G5FAW"), "https://example.com/"),
        ];

        Assert.That(lanes, Is.Unique);
    }

    [Test]
    public void Lanes_FitTheirColumn()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(LaneKey.OfUrl(Workspace, "https://example.com/" + new string('a', Webhook.MaxUrlLength)), Has.Length.LessThanOrEqualTo(LaneKey.MaxLength));
            Assert.That(WebhookId.New(Given.Start).Value, Has.Length.LessThanOrEqualTo(LaneKey.MaxLength));
        }
    }
}
