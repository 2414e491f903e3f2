namespace Framelane.Api.Wire;

/// <summary>The answer to the last part of an upload.</summary>
sealed record UploadedResponse(string SourceUrl, long SizeBytes);
