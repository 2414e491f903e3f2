namespace Framelane.Application.Common;

/// <summary>Of a list in a request: an object may stand there in place of a list of one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TakesOneAttribute : Attribute;
