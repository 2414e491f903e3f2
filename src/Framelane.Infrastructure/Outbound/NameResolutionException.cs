namespace Framelane.Infrastructure.Outbound;

/// <summary>A name has no address, or no name server answered in time.</summary>
public sealed class NameResolutionException(Exception? inner = null) : Exception("The name could not be resolved.", inner);
