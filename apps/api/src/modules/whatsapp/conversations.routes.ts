import { Order } from '@sendocki/domain/orders/order'
import { closed, IdParams, pageQuery, ref } from '@sendocki/domain/schema'
import {
  AssignConversation,
  Conversation,
  ConversationCounts,
  ConversationPage,
  ConversationQuery,
  CreateConversationOrder,
  QuickReply,
  QuickReplyList,
  SaveQuickReply,
  StartConversation,
} from '@sendocki/domain/whatsapp/conversation'
import { AddNote, Message, MessagePage, SendMessage } from '@sendocki/domain/whatsapp/message'
import { type Api, problems } from '../../http/api.ts'
import {
  assignConversation,
  markRead,
  orderInConversation,
  readConversation,
  readConversations,
  readCounts,
  settleProposal,
  startConversation,
} from './conversations.commands.ts'
import { mediaRoutes } from './media.routes.ts'
import {
  addNote,
  createQuickReply,
  deleteQuickReply,
  readMessages,
  readQuickReplies,
  sendMessage,
} from './messages.commands.ts'

const tags = ['WhatsApp']

export const conversationsRoutes = (app: Api): void => {
  app.get(
    '/whatsapp/conversations',
    {
      config: { permission: 'conversations.read' },
      schema: {
        operationId: 'listConversations',
        tags,
        summary: 'Conversations, the newest first',
        querystring: ConversationQuery,
        response: { 200: ref(ConversationPage), ...problems },
      },
    },
    (req) => readConversations(req.ctx, req.query),
  )
  app.get(
    '/whatsapp/conversations/counts',
    {
      config: { permission: 'conversations.read' },
      schema: {
        operationId: 'countConversations',
        tags,
        summary: 'How many are unread, mine, and without a reply',
        response: { 200: ref(ConversationCounts), ...problems },
      },
    },
    (req) => readCounts(req.ctx),
  )
  app.post(
    '/whatsapp/conversations',
    {
      config: { permission: 'conversations.write' },
      schema: {
        operationId: 'startConversation',
        tags,
        summary: 'Open the conversation with a customer',
        body: ref(StartConversation),
        response: { 201: ref(Conversation), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return startConversation(req.ctx, req.body)
    },
  )
  app.get(
    '/whatsapp/conversations/:id',
    {
      config: { permission: 'conversations.read' },
      schema: {
        operationId: 'getConversation',
        tags,
        summary: 'One conversation',
        params: IdParams,
        response: { 200: ref(Conversation), ...problems },
      },
    },
    (req) => readConversation(req.ctx, req.params.id),
  )
  app.post(
    '/whatsapp/conversations/:id/assign',
    {
      config: { permission: 'conversations.write' },
      schema: {
        operationId: 'assignConversation',
        tags,
        summary: 'Give it to a member, or to nobody',
        params: IdParams,
        body: ref(AssignConversation),
        response: { 200: ref(Conversation), ...problems },
      },
    },
    (req) => assignConversation(req.ctx, req.params.id, req.body.memberId),
  )
  app.post(
    '/whatsapp/conversations/:id/read',
    {
      config: { permission: 'conversations.write' },
      schema: {
        operationId: 'markConversationRead',
        tags,
        summary: 'What the buyer wrote was seen',
        params: IdParams,
        response: { 200: ref(Conversation), ...problems },
      },
    },
    (req) => markRead(req.ctx, req.params.id),
  )
  app.post(
    '/whatsapp/conversations/:id/settle-proposal',
    {
      config: { permission: 'conversations.write' },
      schema: {
        operationId: 'settleProposal',
        tags,
        summary: 'A person has looked at what a free text seems to say',
        params: IdParams,
        response: { 200: ref(Conversation), ...problems },
      },
    },
    (req) => settleProposal(req.ctx, req.params.id),
  )
  app.post(
    '/whatsapp/conversations/:id/orders',
    {
      config: { permission: 'orders.create' },
      schema: {
        operationId: 'createConversationOrder',
        tags,
        summary: 'An order of whoever the conversation is with, under their own number',
        params: IdParams,
        body: ref(CreateConversationOrder),
        response: { 201: ref(Order), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return orderInConversation(req.ctx, req.params.id, req.body)
    },
  )
  messageRoutes(app)
  mediaRoutes(app)
}

const messageRoutes = (app: Api): void => {
  app.get(
    '/whatsapp/conversations/:id/messages',
    {
      config: { permission: 'conversations.read' },
      schema: {
        operationId: 'listMessages',
        tags,
        summary: 'Messages and notes, the newest first',
        params: IdParams,
        querystring: closed(pageQuery),
        response: { 200: ref(MessagePage), ...problems },
      },
    },
    (req) => readMessages(req.ctx, req.params.id, req.query),
  )
  app.post(
    '/whatsapp/conversations/:id/messages',
    {
      config: { permission: 'conversations.write' },
      schema: {
        operationId: 'sendMessage',
        tags,
        summary: 'Write to the buyer: a text or a file while the window is open, or a template',
        params: IdParams,
        body: ref(SendMessage),
        response: { 202: ref(Message), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(202)
      return sendMessage(req.ctx, req.params.id, req.body)
    },
  )
  app.post(
    '/whatsapp/conversations/:id/notes',
    {
      config: { permission: 'conversations.write' },
      schema: {
        operationId: 'addConversationNote',
        tags,
        summary: 'A note for colleagues',
        params: IdParams,
        body: ref(AddNote),
        response: { 201: ref(Message), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return addNote(req.ctx, req.params.id, req.body.text)
    },
  )
  app.get(
    '/whatsapp/quick-replies',
    {
      config: { permission: 'conversations.read' },
      schema: {
        operationId: 'listQuickReplies',
        tags,
        summary: 'Texts that are sent again and again',
        response: { 200: ref(QuickReplyList), ...problems },
      },
    },
    (req) => readQuickReplies(req.ctx),
  )
  app.post(
    '/whatsapp/quick-replies',
    {
      config: { permission: 'conversations.write' },
      schema: {
        operationId: 'createQuickReply',
        tags,
        summary: 'Keep a text for the next time',
        body: ref(SaveQuickReply),
        response: { 201: ref(QuickReply), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return createQuickReply(req.ctx, req.body)
    },
  )
  app.delete(
    '/whatsapp/quick-replies/:id',
    {
      config: { permission: 'conversations.write' },
      schema: {
        operationId: 'deleteQuickReply',
        tags,
        summary: 'Take a kept text away',
        params: IdParams,
        response: { 200: ref(QuickReply), ...problems },
      },
    },
    (req) => deleteQuickReply(req.ctx, req.params.id),
  )
}
