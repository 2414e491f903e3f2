using System.Net;
using System.Text.RegularExpressions;

namespace Framelane.Api.Tests.OpenApi;

public sealed partial class DocsPageTests
{
    [Test]
    public async Task Docs_leads_to_a_page_of_this_document()
    {
        using var response = await OpenApiHost.Http.GetAsync("/docs");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(response.Headers.Location!.ToString(), Is.EqualTo("/docs/index.html?url=/openapi.json"));
    }

    [Test]
    public async Task Page_needs_nothing_from_elsewhere()
    {
        var page = await OpenApiHost.Http.GetStringAsync("/docs/index.html");
        var parts = Parts().Matches(page).Select(match => match.Groups[1].Value).ToArray();

        Assert.That(parts, Has.Length.GreaterThanOrEqualTo(3));
        foreach (var part in parts)
        {
            Assert.That(part, Does.Not.StartWith("http").And.Not.StartWith("//"));
            using var response = await OpenApiHost.Http.GetAsync(new Uri(new Uri("http://localhost/docs/"), part));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), part);
        }
    }

    [Test]
    public async Task Unknown_part_is_not_found()
    {
        using var response = await OpenApiHost.Http.GetAsync("/docs/no-such-part.js");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [GeneratedRegex("""<(?:script|link)[^>]*(?:src|href)="([^"]+)""")]
    private static partial Regex Parts();
}
