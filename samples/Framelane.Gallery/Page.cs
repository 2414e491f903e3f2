using System.Net;
using System.Text;

namespace Framelane.Gallery;

/// <summary>A page of all clips that needs no server: a clip plays while it is in sight.</summary>
static class Page
{
    /// <param name="clips">Where a specimen's clip is, from the page.</param>
    public static string Of(IReadOnlyList<Specimen> specimens, Func<Specimen, string> clips)
    {
        var sections = new StringBuilder();
        foreach (var family in specimens.GroupBy(specimen => specimen.Family))
        {
            var name = WebUtility.HtmlEncode(family.Key);
            sections.Append($"<section><h2>{name} <small>{family.Count()}</small></h2><div class=\"grid\">\n");
            foreach (var specimen in family)
            {
                sections.Append(
                    $"<figure><video src=\"{clips(specimen)}\" width=\"{Shot.Width}\" height=\"{Shot.Height}\" muted loop playsinline preload=\"metadata\"></video>"
                    + $"<figcaption>{WebUtility.HtmlEncode(specimen.Name)}</figcaption></figure>\n");
            }

            sections.Append("</div></section>\n");
        }

        using var template = new StreamReader(typeof(Page).Assembly.GetManifestResourceStream("page.html")!);
        return template.ReadToEnd().Replace("<!-- sections -->", sections.ToString(), StringComparison.Ordinal);
    }
}
