namespace Framelane.Api.Wire;

/// <param name="Status">Always <c>ok</c>: an answer at all is the point.</param>
public sealed record HealthResponse(string Status);

/// <param name="Status">Always <c>ready</c>; what is not ready answers 503.</param>
/// <param name="Checks">What was asked, such as <c>database</c>.</param>
/// <param name="Degraded">
/// Of these, what does its part, but not as it should: <c>redis</c> that does not answer, so that work is found by polling;
/// <c>media_tools</c> that run without bubblewrap; <c>text</c> that cannot be set, for want of ICU or of the default font.
/// </param>
public sealed record ReadyResponse(string Status, IReadOnlyList<string> Checks, IReadOnlyList<string> Degraded);

/// <param name="Commit">The source revision; null where it was built outside a repository.</param>
public sealed record VersionResponse(string Version, string? Commit, DateTimeOffset BuildTime);
