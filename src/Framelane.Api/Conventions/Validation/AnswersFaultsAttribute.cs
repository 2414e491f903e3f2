namespace Framelane.Api.Conventions.Validation;

/// <summary>The action answers what is wrong with its request itself. Where something is, what it is given may be incomplete, or null.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnswersFaultsAttribute : Attribute;
