using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Deliveries;

public sealed class LaneKeyTests
{
    static readonly WorkspaceId Workspace = WorkspaceId.FromStored("ws_01ARYZ6S41TSV4RRFFQ69G5FAV");

    // printf '%s' 'ws_01ARYZ6S41TSV4RRFFQ69G5FAV https://example.com:443' | sha256sum | cut -c1-40
    [Test]
    public void OfUrl_IsStable_ForItIsStored() =>
        Assert.That(LaneKey.OfUrl(Workspace, "https://example.com/"), Is.EqualTo("url_095b16abbf51e1f02b4fb25822de0a0f6ccdf059"));

    [TestCase("https://example.com/jobs/1?token=a")]
    [TestCase("https://EXAMPLE.com:443/jobs/2")]
    [TestCase("https://example.com./jobs/3")]
    public void OfUrl_IsTheReceivers_HoweverManyUrlsItHas(string url) =>
        Assert.That(LaneKey.OfUrl(Workspace, url), Is.EqualTo(LaneKey.OfUrl(Workspace, "https://example.com/")));

    [Test]
    public void OfUrl_TellsWorkspacesAndReceiversApart()
    {
        string[] lanes =
        [
            LaneKey.OfUrl(Workspace, "https://example.com/"),
            LaneKey.OfUrl(Workspace, "https://a.example.com/"),
            LaneKey.OfUrl(Workspace, "https://example.com:8443/"),
            LaneKey.OfUrl(Workspace, "http://example.com/"),
            LaneKey.OfUrl(Workspace, "https://[2001:db8::1]/"),
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
